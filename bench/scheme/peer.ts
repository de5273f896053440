// A peer beside the engine: @getodk/xforms-engine, which reads the same constraints as an XForm. It does not run in Node alone: what it
// needs is said instead of a figure.
import type { Figure } from "../run.ts";

/** Why there is no figure of the peer. */
export function peerFigures(): readonly Figure[] {
  return [
    {
      what: "peer @getodk/xforms-engine 0.22.0",
      value: "not run",
      beside: "needs a browser's document and reads XForm XML; the scheme is written as XLSForm, whose converter is Python",
    },
  ];
}
