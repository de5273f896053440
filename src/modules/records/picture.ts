// A picture on its way into a record.

/** Looked at, stored as a file, ready to become a row of its record; `id` is the answer of the item at `path`. */
export type TakenPicture = { readonly id: string; readonly path: string; readonly sha256: string; readonly bytes: number };
