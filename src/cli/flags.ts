// Flags of the command line, as text and as whole numbers within limits.

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Only the flags that hold text, for the configuration. */
export const textFlags = (flags: Flags): Record<string, string | undefined> => Object.fromEntries(Object.entries(flags).map(([key, value]) => [key, typeof value === "string" ? value : undefined]));

/** A whole number from a flag within limits, or the default. @throws Error naming the flag and its limits */
export function numberFlag(flags: Flags, name: string, fallback: number, least: number, most: number): number {
  const given = flags[name];
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < least || value > most) throw new Error(`--${name} must be a whole number from ${least} to ${most}`);
  return value;
}
