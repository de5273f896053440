// Pictures on canvas: the part in the crop frame as pixels for the check, and as a file to be kept. Encoding anew drops whatever a camera wrote beside the picture.
import { shrunk } from "../../office/form/media.ts";
import { type Crop, partOf, portraitSize, type Size } from "./crop.ts";
import type { Pixels } from "./head-check.ts";

/** Width at which a portrait is measured. */
const MEASURED = 240;

function drawn(image: CanvasImageSource, picture: Size, crop: Crop, size: Size): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new RangeError("no canvas");
  const { left, top, width, height } = partOf(picture, size, crop);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size.width, size.height);
  pen.drawImage(image, left, top, width, height, 0, 0, size.width, size.height);
  return pen;
}

/** The part in the frame, small, for the check. */
export function pixelsOf(image: CanvasImageSource, picture: Size, crop: Crop): Pixels {
  const size = { width: MEASURED, height: Math.round((MEASURED * portraitSize.height) / portraitSize.width) };
  return drawn(image, picture, crop, size).getImageData(0, 0, size.width, size.height);
}

const fileOf = (canvas: HTMLCanvasElement): Promise<File> =>
  new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(new File([blob], "photo.png", { type: "image/png" })) : failed(new RangeError("no picture"))), "image/png"));

/** The part in the frame as JPEG of at most `maxBytes`, twice the usual size where the picture has that much. @throws RangeError */
export async function croppedFile(image: CanvasImageSource, picture: Size, crop: Crop, maxBytes: number | undefined): Promise<File> {
  const twice = partOf(picture, portraitSize, crop).width >= portraitSize.width * 2 ? 2 : 1;
  const size = { width: portraitSize.width * twice, height: portraitSize.height * twice };
  return shrunk(await fileOf(drawn(image, picture, crop, size).canvas), maxBytes);
}

/** What the camera shows now, whole. */
export async function shotOf(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return fileOf(canvas);
}
