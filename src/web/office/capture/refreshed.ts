// Reads that are old once a record changed.
export const REFRESHED: readonly string[] = ["/api/records", "/api/people", "/api/work", "/api/progress", "/api/handovers", "/api/cases"];
