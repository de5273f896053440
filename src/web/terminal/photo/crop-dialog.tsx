// Crops a portrait: drag, wheel, buttons or arrow keys; the frame shows where the head belongs, and below stands what the check says at this moment.
import { Alert, Button, Modal } from "antd";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import type { PhotoStandard } from "../../../scheme/model.ts";
import { useLang, usePhrases } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import { terminalWords } from "../words.ts";
import { type Crop, dragged, held, partOf, portraitSize } from "./crop.ts";
import { croppedFile, pixelsOf } from "./encode.ts";
import { photoVerdict } from "./photo-check.ts";

/** The frame on the page, in CSS pixels. */
const FRAME = { width: 284, height: 350 };
const STEP = 10;
const ZOOM_STEP = 1.08;
const LOOK = { pass: "success", judge: "warning", refuse: "error" } as const;

type Props = {
  readonly title: string;
  readonly image: ImageBitmap;
  readonly standard: PhotoStandard;
  readonly maxBytes: number | undefined;
  /** `judge`: a reviewer has to look at it. */
  readonly onDone: (file: File, judge: boolean) => void;
  readonly onFault: (error: unknown) => void;
  readonly onCancel: () => void;
};

/** Head from crown to chin over two thirds of the height, in the middle. */
function drawGuide(pen: CanvasRenderingContext2D): void {
  const { width, height } = FRAME;
  pen.setLineDash([8, 6]);
  pen.lineWidth = 3;
  for (const [colour, offset] of [["#ffffff", 0], ["#b42318", 7]] as const) {
    pen.strokeStyle = colour;
    pen.lineDashOffset = offset;
    pen.beginPath();
    pen.ellipse(width / 2, height * 0.43, width * 0.33, height * 0.36, 0, 0, Math.PI * 2);
    pen.moveTo(width / 2, 0);
    pen.lineTo(width / 2, height * 0.05);
    pen.stroke();
  }
  pen.setLineDash([]);
}

export function CropDialog({ title, image, standard, maxBytes, onDone, onFault, onCancel }: Props): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  const lang = useLang();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [crop, setCrop] = useState<Crop>({ zoom: 1, x: 0.5, y: 0.5 });
  const [busy, setBusy] = useState(false);
  const from = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const measured = useDeferredValue(crop);
  const verdict = useMemo(() => photoVerdict(pixelsOf(image, image, measured), standard), [image, measured, standard]);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen) return;
    const { left, top, width, height } = partOf(image, portraitSize, crop);
    pen.drawImage(image, left, top, width, height, 0, 0, FRAME.width, FRAME.height);
    drawGuide(pen);
  }, [image, crop]);
  const move = (dx: number, dy: number): void => setCrop((now) => dragged(image, FRAME, now, dx, dy));
  const zoom = (factor: number): void => setCrop((now) => held(image, FRAME, { ...now, zoom: now.zoom * factor }));
  const onKey = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(STEP, 0),
      ArrowRight: () => move(-STEP, 0),
      ArrowUp: () => move(0, STEP),
      ArrowDown: () => move(0, -STEP),
      "+": () => zoom(ZOOM_STEP),
      "=": () => zoom(ZOOM_STEP),
      "-": () => zoom(1 / ZOOM_STEP),
    };
    const act = moves[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const done = async (): Promise<void> => {
    if (busy || verdict.kind === "refuse") return;
    setBusy(true);
    try {
      onDone(await croppedFile(image, image, crop, maxBytes), verdict.kind === "judge");
    } catch (error) {
      onFault(error);
    }
  };
  return (
    <Modal
      open
      title={title}
      width={760}
      style={{ top: 12 }}
      onCancel={onCancel}
      afterOpenChange={(open) => open && canvas.current?.focus()}
      footer={[
        <Button key="cancel" onClick={onCancel}>
          {sayShell("cancel")}
        </Button>,
        <Button key="use" type="primary" data-action="use-photo" loading={busy} disabled={verdict.kind === "refuse"} onClick={() => void done()}>
          {say(verdict.kind === "judge" ? "useAnyway" : "usePhoto")}
        </Button>,
      ]}
    >
      <div className="crop">
        <canvas
          ref={canvas}
          width={FRAME.width}
          height={FRAME.height}
          tabIndex={0}
          role="img"
          aria-label={say("cropArea")}
          aria-describedby="crop-help"
          data-crop
          onKeyDown={onKey}
          onWheel={(event) => zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            from.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={(event) => {
            if (!from.current) return;
            move(event.clientX - from.current.x, event.clientY - from.current.y);
            from.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerUp={() => (from.current = undefined)}
          onPointerCancel={() => (from.current = undefined)}
        />
        <div className="crop-side">
          <p id="crop-help">{say("cropHelp")}</p>
          <div role="group" aria-label={say("zoom")} style={{ display: "flex", gap: 8 }}>
            <Button data-action="zoom-out" onClick={() => zoom(1 / ZOOM_STEP)}>
              − {say("zoomOut")}
            </Button>
            <Button data-action="zoom-in" onClick={() => zoom(ZOOM_STEP)}>
              + {say("zoomIn")}
            </Button>
          </div>
          <div role="status">
            <Alert type={LOOK[verdict.kind]} showIcon title={verdict.say[lang]} data-photo-verdict={verdict.kind} style={{ marginTop: 12 }} />
          </div>
        </div>
      </div>
    </Modal>
  );
}
