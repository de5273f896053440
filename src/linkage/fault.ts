// What can stop a run besides a bug.

export type LinkageFaultCode = "settings" | "unreadable" | "no-id-column" | "id-empty" | "id-repeated" | "no-common-column" | "no-space" | "no-memory" | "child-ended";

/** The run cannot be done as asked; `code` for the program, `detail` for the person who reads the log (no personal data). */
export class LinkageFault extends Error {
  readonly code: LinkageFaultCode;
  readonly detail: string;
  constructor(code: LinkageFaultCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = "LinkageFault";
    this.code = code;
    this.detail = detail;
  }
}
