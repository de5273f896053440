// How figures of this bench are timed and written.
export const said = (n: number): string => n.toLocaleString("en");
export const ms = (n: number): string => `${n.toFixed(0)} ms`;
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}
