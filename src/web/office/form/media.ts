// Pictures: made small enough for an item in the browser before they are sent; the answer holds the id of the stored picture.

/** How a form stores and shows pictures of its record. */
export type MediaPort = {
  /** Stores the file for the item and gives back its id. */
  readonly store: (path: string, file: File) => Promise<string>;
  readonly address: (media: string) => string;
};

export type Size = { readonly width: number; readonly height: number };

/** Longest side first tried, then smaller ones; quality falls with each try. */
export const attempts: readonly { readonly longest: number; readonly quality: number }[] = [
  { longest: 2000, quality: 0.85 },
  { longest: 1600, quality: 0.8 },
  { longest: 1280, quality: 0.75 },
  { longest: 1000, quality: 0.7 },
  { longest: 800, quality: 0.6 },
  { longest: 600, quality: 0.5 },
  { longest: 400, quality: 0.45 },
  { longest: 240, quality: 0.4 },
];

/** Size within `longest`, shape kept, never enlarged, at least one pixel. */
export function within(size: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}

const jpegOf = (image: ImageBitmap, longest: number, quality: number): Promise<Blob | null> => {
  const { width, height } = within(image, longest);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
};

/** The picture as JPEG of at most `maxBytes` (turned upright by its own mark, other marks dropped). Throws when it is no picture or cannot be made small enough. */
export async function shrunk(file: File, maxBytes: number | undefined): Promise<File> {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    for (const { longest, quality } of attempts) {
      const blob = await jpegOf(image, longest, quality);
      if (blob && (maxBytes === undefined || blob.size <= maxBytes)) return new File([blob], `${file.name.replace(/\.\w+$/u, "") || "photo"}.jpg`, { type: "image/jpeg" });
    }
  } finally {
    image.close();
  }
  throw new RangeError("the picture cannot be made small enough");
}
