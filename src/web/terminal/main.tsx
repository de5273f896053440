// Entry of the terminal: opens the core of this browser and draws the pages over it.
import { keepOffline } from "./core/offline.ts";
import { openTerminal } from "./core/terminal.ts";
import { offerNewer } from "./pages/newer-version.ts";
import { mountTerminal } from "./pages/terminal-app.tsx";
import "virtual:antd-styles.css";
import "../shared/style.css";
import "./terminal.css";

/** Put in by the build, from package.json. */
declare const QINGCE_VERSION: string;

const place = document.getElementById("app");
if (place) void mountTerminal(place, openTerminal(), QINGCE_VERSION);
void keepOffline(offerNewer);
