// Pages of match runs, pairs and findings.

export const matchingRoutes = [] as const;
