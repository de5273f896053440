// What a portrait must be before it is taken: upright, large enough, in colour, head large and in the middle. Says why when it is not.
import type { Text } from "../../../core/issue.ts";
import type { PhotoStandard } from "../../../scheme/model.ts";
import { headVerdict, type HeadVerdict, type Pixels, silhouetteOf } from "./head-check.ts";

/** The same least colour as at the office: mean distance between the channels, 0 grey to 255. */
const LEAST_COLOUR = 3;
const LEAST_SIDE = 60;

export type PhotoVerdict = {
  /** `judge`: it is taken, and a reviewer ticks it. */
  readonly kind: "pass" | "judge" | "refuse";
  readonly say: Text;
};

/** Mean distance between the colour channels. */
export function colourOf({ data }: Pixels): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
    sum += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return data.length === 0 ? 0 : sum / (data.length / 4);
}

const refuse = (zh: string, en: string): PhotoVerdict => ({ kind: "refuse", say: { zh, en } });

const heads: Readonly<Record<Exclude<HeadVerdict, "pass" | "judge">, PhotoVerdict>> = {
  empty: refuse("照片里看不出人像，请重新拍摄", "No person can be made out in the picture; take it again"),
  "head-small": refuse("头部太小：应占照片高度三分之二以上。请靠近一些，或放大后重新裁剪", "The head is too small: it takes at least two thirds of the height. Come closer, or enlarge and crop again"),
  "off-centre": refuse("头部不在正中，请移动画面后重新裁剪", "The head is not in the middle; move the picture and crop again"),
  "head-cut": refuse("头顶被裁掉了，请缩小画面，留出头顶", "The crown of the head is cut off; make the picture smaller so that it is seen"),
};

/** Judges a cropped portrait against the standard of its item. */
export function photoVerdict(pixels: Pixels, standard: PhotoStandard): PhotoVerdict {
  const { width, height } = pixels;
  if (Math.min(width, height) < LEAST_SIDE) return refuse(`照片太小（${width}×${height} 像素），请重新拍摄`, `The picture is too small (${width}×${height} pixels); take it again`);
  if (width > height) return refuse("免冠照应为竖幅，请重新裁剪", "A portrait stands upright; crop it again");
  if (standard.colour && colourOf(pixels) < LEAST_COLOUR) return refuse("这是黑白照片。免冠照应为彩色，请重新拍摄", "This picture is grey. A portrait is in colour; take it again");
  if (standard.headShare === undefined && !standard.centred) return { kind: "pass", say: { zh: "照片符合要求", en: "The picture meets the standard" } };
  const verdict = headVerdict(silhouetteOf(pixels), standard.headShare ?? 0);
  if (verdict === "pass") return { kind: "pass", say: { zh: "照片符合要求：彩色，头部大小合适、居中", en: "The picture meets the standard: in colour, head large enough and in the middle" } };
  if (verdict === "judge") return { kind: "judge", say: { zh: "头部大小和位置无法自动判断。请对照参考框查看；可以采用，将由审核人员复看确认", en: "Head size and place could not be judged by machine. Compare with the guide frame; it may be used, and a reviewer will look at it and tick it" } };
  return heads[verdict];
}
