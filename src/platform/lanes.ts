// Many pieces of work, a few at a time.

/** Works on items a few at a time, in their order; the first failure ends it. */
export async function inParallel<T>(items: Iterable<T> | Iterator<T>, atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = Symbol.iterator in items ? items[Symbol.iterator]() : items;
  const lane = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
