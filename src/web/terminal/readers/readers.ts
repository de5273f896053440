// The readers a terminal can be set to, behind one interface. Which one is in use is kept on this machine; it says nothing about anybody.
import type { Text } from "../../../core/issue.ts";
import { loopback, readBridgeA, readBridgeB, readDongxin, readSocket } from "./bridges.ts";
import type { CardReading } from "./card.ts";
import { readSimulator } from "./simulator.ts";

export type CardReader = {
  readonly key: string;
  readonly label: Text;
  /** Reads the card that lies there now. @throws ReaderFault */
  readonly read: () => Promise<CardReading>;
};

export const readers: readonly CardReader[] = [
  { key: "bridge-a", label: { zh: "华视、新中新等（端口 19196）", en: "HuaShi, Xinzhongxin and others (port 19196)" }, read: readBridgeA },
  { key: "bridge-b", label: { zh: "网页读卡服务（端口 8000）", en: "Reader web service (port 8000)" }, read: readBridgeB },
  { key: "dongxin", label: { zh: "东信、哲林（端口 38088）", en: "Dongxin, Zhelin (port 38088)" }, read: readDongxin },
  { key: "socket-1919", label: { zh: "国腾、高拍仪（端口 1919）", en: "Guoteng, document cameras (port 1919)" }, read: () => readSocket(loopback.socketA, { type: 4 }) },
  { key: "socket-9002", label: { zh: "点易拍（端口 9002）", en: "Dianyipai (port 9002)" }, read: () => readSocket(loopback.socketB, { type: "readIDCard" }) },
  { key: "socket-8765", label: { zh: "其他网页读卡程序（端口 8765）", en: "Another reader program (port 8765)" }, read: () => readSocket(loopback.socketC, { type: "readIDCard" }) },
  { key: "simulator", label: { zh: "模拟读卡器（仅虚构证件，供演示培训）", en: "Simulated reader (fictional cards only, for training)" }, read: readSimulator },
];

const KEY = "qingce.terminal.reader";
const listeners = new Set<() => void>();

/** The reader this machine is set to; undefined when it has none and cards are entered by hand. */
export function chosenReader(): CardReader | undefined {
  const key = typeof localStorage === "undefined" ? null : localStorage.getItem(KEY);
  return readers.find((reader) => reader.key === key);
}

export function chooseReader(key: string | undefined): void {
  if (key === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, key);
  for (const listener of listeners) listener();
}

export const watchReader = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
