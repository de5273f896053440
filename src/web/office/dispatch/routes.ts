// Pages of cases.

export const dispatchRoutes = [] as const;
