// A peer beside the engine: @getodk/xforms-engine, which reads the same constraints as an XForm. In Node it
// starts only with a document lent to it (jsdom, `__dirname`), and the form would have to be converted to XForm XML first: not measured.
import type { Figure } from "../run.ts";

/** Why there is no figure of the peer. */
export function peerFigures(): readonly Figure[] {
  return [
    {
      what: "peer @getodk/xforms-engine 0.22.0",
      value: "not measured",
      beside: "starts in Node with jsdom's document; reads XForm XML, and the scheme is written as XLSForm, whose converter is in Python",
    },
  ];
}
