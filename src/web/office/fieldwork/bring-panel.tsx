// Takes in a bundle file: dropped on the panel, or chosen.
import { Alert } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DragEvent, ReactNode } from "react";
import { bringBundle } from "../../../modules/fieldwork/contract.ts";
import { useCall } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { terminalWords } from "./words.ts";

export function BringPanel(): ReactNode {
  const say = usePhrases(terminalWords);
  const bring = useCall(bringBundle, ["/api/fieldwork"]);
  const [over, setOver] = useState(false);
  const send = (file: File | undefined): void => void (file && bring.mutate({ body: {}, file }));
  const drag = (event: DragEvent, inside: boolean): void => {
    event.preventDefault();
    setOver(inside);
  };
  const count = bring.data ? 1 + (bring.data.more?.length ?? 0) : 0;
  return (
    <section
      className="panel"
      data-drop="bundle"
      aria-labelledby="bring-title"
      style={over ? { outline: "3px solid #0b5cad" } : {}}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        send(event.dataTransfer.files[0]);
      }}
    >
      <h2 id="bring-title">
        <label htmlFor="bring-file">{say("bring")}</label>
      </h2>
      <p id="bring-help" className="quiet" style={{ marginTop: 0 }}>
        {over ? say("drop") : say("bringHelp")}
      </p>
      <FilePick id="bring-file" name="file" accept=".qcb,application/octet-stream" describedBy="bring-help" disabled={bring.isPending} onPick={send} />
      <div role="status" style={{ marginTop: 12 }}>
        {bring.isPending ? say("bringing") : null}
        {bring.data ? (
          <Alert
            type="success"
            showIcon
            data-brought={bring.data.id}
            title={say("brought", { n: count })}
            action={
              <Link to="/terminals/bundles/$id" params={{ id: bring.data.id }}>
                {say("open")}
              </Link>
            }
          />
        ) : null}
      </div>
      <ProblemView error={bring.error} />
    </section>
  );
}
