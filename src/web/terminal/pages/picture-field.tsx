// Fields that hold a picture at the terminal: camera or file for photos and papers, a crop with check where the item has a standard, and signatures.
import { Button } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { type FieldProps, fieldId, labelId } from "../../office/form/field-props.ts";
import { shrunk } from "../../office/form/media.ts";
import { SignDialog } from "../../office/form/sign-dialog.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import { CameraDialog } from "../photo/camera-dialog.tsx";
import { CropDialog } from "../photo/crop-dialog.tsx";
import { faultText } from "./fault-view.tsx";
import { useCaptureDesk, usePicture } from "./pictures.ts";

/** A picture of the person, or the note that the office has it. */
export function Picture({ id, label }: { readonly id: string; readonly label: string }): ReactNode {
  const say = usePhrases(personWords);
  const { core } = useCaptureDesk();
  const { address, missing } = usePicture(core, id);
  if (missing) return <span className="quiet">{say("atOffice")}</span>;
  return address === undefined ? <span className="picture-wait" /> : <img className="picture" src={address} alt={say("pictureOf", { item: label })} />;
}

export function PictureField(props: FieldProps): ReactNode {
  const say = usePhrases(personWords);
  const read = useText();
  const lang = useLang();
  const desk = useCaptureDesk();
  const { item, path } = props;
  const value = typeof props.value === "string" ? props.value : undefined;
  const isSignature = item.kind === "signature";
  const kb = item.maxBytes === undefined ? undefined : Math.floor(item.maxBytes / 1024);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [camera, setCamera] = useState(false);
  const [signing, setSigning] = useState(false);
  const [crop, setCrop] = useState<ImageBitmap>();

  const failed = (error: unknown): void => {
    setFault(error instanceof RangeError ? say("tooLarge", { kb: kb ?? 0 }) : error instanceof DOMException ? say("notPicture") : faultText(error)[lang]);
    setBusy(false);
  };
  const keep = async (file: File, judge: boolean): Promise<void> => {
    const id = await desk.core.storePicture(desk.record, path, file);
    // What is signed is settled before the signature stands there.
    if (isSignature) await desk.onSigned(path);
    props.onChange(id);
    if (judge) desk.onToJudge(id);
    setBusy(false);
    props.onLeave();
  };
  const take = async (file: File): Promise<void> => {
    setCamera(false);
    setFault(undefined);
    if (file.type === "application/pdf") return setFault(say("notPdf"));
    setBusy(true);
    try {
      if (item.photo) setCrop(await createImageBitmap(file, { imageOrientation: "from-image" }));
      else await keep(await shrunk(file, item.maxBytes), false);
    } catch (error) {
      failed(error);
    }
  };
  const closeCrop = (): void => {
    crop?.close();
    setCrop(undefined);
    setBusy(false);
  };
  const label = read(item.label);
  const shut = props.disabled || busy;
  return (
    <div className="picture-field">
      {value === undefined ? null : <Picture id={value} label={label} />}
      <div className="picture-acts">
        {isSignature ? (
          <Button type={value === undefined ? "primary" : "default"} data-focus data-action="sign" disabled={shut} onClick={() => setSigning(true)}>
            {say(value === undefined ? "sign" : "signAgain")}
          </Button>
        ) : null}
        <Button data-focus data-action="take-photo" disabled={shut} onClick={() => setCamera(true)}>
          {say(isSignature ? "signScan" : value === undefined ? "takePhoto" : "retake")}
        </Button>
        <span className="file-pick">
          <input
            id={fieldId(path)}
            name={path}
            type="file"
            accept="image/*"
            disabled={shut}
            aria-labelledby={labelId(path)}
            {...(props.describedBy ? { "aria-describedby": props.describedBy } : {})}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file) void take(file);
            }}
          />
          <span className="file-pick-button" aria-hidden>
            {say("photoFile")}
          </span>
        </span>
        {value === undefined || props.disabled ? null : (
          <Button type="link" disabled={busy} onClick={() => props.onChange(undefined)}>
            {say("remove")}
          </Button>
        )}
        {value !== undefined && desk.toJudge.includes(value) ? <span className="work-tag work-draft" data-to-judge>{say("toJudge")}</span> : null}
        {kb === undefined ? null : <div className="quiet picture-limit">{say("limit", { kb })}</div>}
        <div role="status">{busy && !crop ? say("handling") : ""}</div>
        {fault === undefined ? null : (
          <div role="alert" className="fault-block">
            {fault}
          </div>
        )}
      </div>
      {camera ? <CameraDialog title={label} portrait={item.photo !== undefined} onShot={(file) => void take(file)} onCancel={() => setCamera(false)} /> : null}
      {crop && item.photo ? (
        <CropDialog
          title={say("cropTitle", { item: label })}
          image={crop}
          standard={item.photo}
          maxBytes={item.maxBytes}
          onCancel={closeCrop}
          onFault={(error) => {
            closeCrop();
            failed(error);
          }}
          onDone={(file, judge) => {
            closeCrop();
            setBusy(true);
            keep(file, judge).catch(failed);
          }}
        />
      ) : null}
      {signing ? (
        <SignDialog
          onCancel={() => setSigning(false)}
          onDone={(file) => {
            setSigning(false);
            setBusy(true);
            shrunk(file, item.maxBytes).then((small) => keep(small, false)).catch(failed);
          }}
        />
      ) : null}
    </div>
  );
}
