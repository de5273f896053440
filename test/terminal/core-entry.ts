// Entry of the script that tests call the terminal's core by.
import { openTerminal } from "../../src/web/terminal/core/terminal.ts";

export type Opened = Awaited<ReturnType<typeof openTerminal>>;
Object.assign(globalThis, { openTerminal });
