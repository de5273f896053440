// Quoting for SQL text that the steps put together.

/** Quotes a text for SQL. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Quotes a column name for SQL. */
export function column(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
