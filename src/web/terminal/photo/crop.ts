// The crop frame as arithmetic: which part of a picture fills the frame at a given zoom and place. The frame never shows beyond the picture's edge.

export type Size = { readonly width: number; readonly height: number };
/** `zoom` 1 fills the frame with as much of the picture as fits; `x`, `y` are the frame's middle in the picture, 0 to 1. */
export type Crop = { readonly zoom: number; readonly x: number; readonly y: number };
export type Part = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Identity portraits of the plan: 26 by 32 mm at 350 dots an inch. */
export const portraitSize: Size = { width: 358, height: 441 };
export const MOST_ZOOM = 6;

const clamp = (n: number, least: number, most: number): number => Math.min(most, Math.max(least, n));

const partSize = (picture: Size, frame: Size, zoom: number): Size => {
  const shape = frame.width / frame.height;
  const width = Math.min(picture.width, picture.height * shape) / zoom;
  return { width, height: width / shape };
};

/** The crop with zoom and place brought back to where the frame is full. */
export function held(picture: Size, frame: Size, crop: Crop): Crop {
  const zoom = clamp(crop.zoom, 1, MOST_ZOOM);
  const { width, height } = partSize(picture, frame, zoom);
  const [halfX, halfY] = [width / picture.width / 2, height / picture.height / 2];
  return { zoom, x: clamp(crop.x, halfX, 1 - halfX), y: clamp(crop.y, halfY, 1 - halfY) };
}

/** The part of the picture that stands in the frame, in pixels of the picture. */
export function partOf(picture: Size, frame: Size, crop: Crop): Part {
  const { zoom, x, y } = held(picture, frame, crop);
  const { width, height } = partSize(picture, frame, zoom);
  return { left: x * picture.width - width / 2, top: y * picture.height - height / 2, width, height };
}

/** The crop after the picture was dragged by so many pixels of the frame. */
export function dragged(picture: Size, frame: Size, crop: Crop, dx: number, dy: number): Crop {
  const { width, height } = partSize(picture, frame, clamp(crop.zoom, 1, MOST_ZOOM));
  return held(picture, frame, { ...crop, x: crop.x - ((dx / frame.width) * width) / picture.width, y: crop.y - ((dy / frame.height) * height) / picture.height });
}
