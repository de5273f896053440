// Answers about policy with the paper each rests on, and the nearest stations; read without showing who one is.
import { type ReactNode, useState } from "react";
import type { listOffers } from "../../modules/citizen/contract.ts";
import { ask } from "./ask.ts";
import { Loaded, useAsked } from "./loaded.tsx";
import { PlaceChoice } from "./place-choice.tsx";
import { useWords } from "./words.ts";

const nearWords = { village: "near", township: "nearTownship", county: "nearCounty" } as const;

function Found({ area }: { readonly area: number }): ReactNode {
  const { say, read, mark } = useWords();
  const asked = useAsked(() => ask<typeof listOffers>("GET", `/api/self/offers?area=${area}`), String(area));
  return (
    <Loaded asked={asked}>
      {({ stations, answers }) => (
        <>
          <h2>{say("stations")}</h2>
          {stations.length === 0 ? <p className="card">{say("noStations")}</p> : stations.map((station) => <p className="card" key={station.name} data-station><b>{station.name}</b>{mark.inside(say(nearWords[station.near]))}<br />{station.address}<br /><span className="quiet">{station.area.fullName}</span></p>)}
          <h2>{say("policy")}</h2>
          {answers.map((one) => <details className="card" key={one.question.zh}><summary>{read(one.question)}</summary><p>{read(one.answer)}</p><p className="quiet">{say("source")}{one.source}</p></details>)}
        </>
      )}
    </Loaded>
  );
}

export function AnswersPage(): ReactNode {
  const { say } = useWords();
  const [place, setPlace] = useState<number>();
  return (
    <>
      <h1>{say("answers")}</h1>
      <section className="card"><PlaceChoice onPlace={(code) => setPlace(code !== undefined && code % 1_000_000_000_000 !== 0 ? code : undefined)} /></section>
      {place === undefined ? null : <Found key={place} area={place} />}
    </>
  );
}
