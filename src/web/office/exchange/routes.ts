// Pages of imports and templates.

export const exchangeRoutes = [] as const;
