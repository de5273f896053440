// While the simulated reader is in use: a bar that says so on every page, and lays fictional cards on it.
import { Button, Input, Select } from "antd";
import { useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { usePhrases } from "../../shared/words.ts";
import { fictionalCards, layCard, lyingCard, watchSimulator } from "../readers/simulator.ts";
import { terminalWords } from "../words.ts";
import { useReader } from "./use-card-reader.ts";

const OTHER = "other";

export function SimulatorBar(): ReactNode {
  const say = usePhrases(terminalWords);
  const reader = useReader();
  const lying = useSyncExternalStore(watchSimulator, lyingCard);
  const [typing, setTyping] = useState(false);
  const [name, setName] = useState("");
  const [idNumber, setIdNumber] = useState("");
  const [refused, setRefused] = useState(false);
  if (reader?.key !== "simulator") return null;
  const lay = (): void => {
    try {
      layCard({ name: name.trim(), idNumber: idNumber.trim().toUpperCase() });
      setRefused(false);
    } catch {
      setRefused(true);
    }
  };
  return (
    <aside className="simulator no-print" aria-label={say("simulatorOn")}>
      <b>{say("simulatorOn")}</b>
      <Select
        aria-label={say("simulatorCard")}
        style={{ minWidth: 260 }}
        value={typing ? OTHER : (lying?.idNumber ?? "")}
        onChange={(key: string) => {
          setTyping(key === OTHER);
          setRefused(false);
          if (key !== OTHER) layCard(fictionalCards.find((card) => card.idNumber === key));
        }}
        options={[{ value: "", label: say("simulatorNone") }, ...fictionalCards.map((card) => ({ value: card.idNumber, label: `${card.name} ${card.idNumber.slice(-4)}` })), { value: OTHER, label: say("simulatorOther") }]}
      />
      {typing ? (
        <>
          <Input name="simulator-name" aria-label={say("simulatorName")} placeholder={say("simulatorName")} value={name} style={{ width: 160 }} onChange={(event) => setName(event.target.value)} />
          <Input name="simulator-number" aria-label={say("simulatorNumber")} placeholder={say("simulatorNumber")} value={idNumber} maxLength={18} style={{ width: 280 }} onChange={(event) => setIdNumber(event.target.value)} onPressEnter={lay} />
          <Button data-action="lay-card" onClick={lay}>
            {say("simulatorLay")}
          </Button>
          <span role="alert">{refused ? say("simulatorRefused") : ""}</span>
          {lying && !refused ? <span data-lying={lying.idNumber}>✓ {lying.name}</span> : null}
        </>
      ) : null}
    </aside>
  );
}
