// Pages of county reports.

export const reportsRoutes = [] as const;
