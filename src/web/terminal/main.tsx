// Entry of the terminal: opens the core of this browser and draws the pages over it.
import { keepOffline } from "./core/offline.ts";
import { openTerminal } from "./core/terminal.ts";
import { offerNewer } from "./pages/newer-version.ts";
import { mountTerminal } from "./pages/terminal-app.tsx";
import "../shared/style.css";
import "./terminal.css";

const place = document.getElementById("app");
if (place) void mountTerminal(place, openTerminal(), "0.1.0");
void keepOffline(offerNewer);
