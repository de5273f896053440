// Pages of offices and accounts.

export const accessAdminRoutes = [] as const;
