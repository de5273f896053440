// Pictures of one person in the memory of the page: they go into the work file with the answers, and nowhere else.
import { newId } from "../../core/ids.ts";
import type { MediaPort } from "../office/form/media.ts";
import type { WorkMedia } from "../shared/work-file.ts";

export type MemoryMedia = MediaPort & {
  /** All pictures taken in, also those no answer names any more. */
  readonly held: () => ReadonlyMap<string, WorkMedia>;
  /** Lets the addresses go. */
  readonly release: () => void;
};

/** `given`: the person's pictures so far. Files come in already made small; their names are not kept. */
export function memoryMedia(given: ReadonlyMap<string, WorkMedia>): MemoryMedia {
  const held = new Map(given);
  const addresses = new Map<string, string>();
  return {
    async store(path, file) {
      const id = newId();
      held.set(id, { path, mime: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
      return id;
    },
    address(id) {
      const known = addresses.get(id);
      if (known !== undefined) return known;
      const media = held.get(id);
      if (!media) return "";
      const address = URL.createObjectURL(new Blob([media.bytes.slice()], { type: media.mime }));
      addresses.set(id, address);
      return address;
    },
    held: () => held,
    release() {
      for (const address of addresses.values()) URL.revokeObjectURL(address);
      addresses.clear();
    },
  };
}
