// The camera: shows what it sees and shoots. Without a camera it says so, and a file can be chosen instead.
import { Alert, Button, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { usePhrases } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import { terminalWords } from "../words.ts";
import { shotOf } from "./encode.ts";

export function CameraDialog({ title, portrait, onShot, onCancel }: { readonly title: string; readonly portrait: boolean; readonly onShot: (file: File) => void; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  const video = useRef<HTMLVideoElement>(null);
  const [standing, setStanding] = useState<"opening" | "seeing" | "none">("opening");
  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    const open = async (): Promise<void> => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { width: { ideal: 1920 }, height: { ideal: 1080 }, facingMode: portrait ? "user" : "environment" } });
        if (gone || !video.current) return stream.getTracks().forEach((track) => track.stop());
        video.current.srcObject = stream;
        await video.current.play();
        setStanding("seeing");
      } catch {
        if (!gone) setStanding("none");
      }
    };
    void open();
    return () => {
      gone = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [portrait]);
  const shoot = async (): Promise<void> => {
    if (video.current && standing === "seeing") onShot(await shotOf(video.current));
  };
  return (
    <Modal
      open
      title={title}
      width={760}
      onCancel={onCancel}
      footer={[
        <Button key="cancel" onClick={onCancel}>
          {sayShell("cancel")}
        </Button>,
        <Button key="shoot" type="primary" data-action="shoot" disabled={standing !== "seeing"} onClick={() => void shoot()}>
          {say("shoot")}
        </Button>,
      ]}
    >
      {standing === "none" ? <Alert type="warning" showIcon title={say("noCamera")} data-no-camera /> : null}
      <video ref={video} muted playsInline aria-label={say("cameraView")} style={{ width: "100%", maxHeight: "60vh", background: "#000", display: standing === "none" ? "none" : "block" }} />
      <div role="status">{standing === "opening" ? say("handling") : ""}</div>
    </Modal>
  );
}
