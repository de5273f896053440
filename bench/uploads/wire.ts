// HTTP as a terminal on a bad line makes it: one request at a time, some of them cut in the middle of the body or before the answer was heard.
import http from "node:http";

export type Cut = "in-the-middle" | "before-the-answer";
export type Heard = { readonly status: number; readonly raw: Buffer; readonly milliseconds: number };

/** @returns undefined when it was cut, by `cut` or by the other side */
export function send(agent: http.Agent, address: string, request: { readonly method: string; readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly payload?: Buffer }, cut?: Cut): Promise<Heard | undefined> {
  const { payload } = request;
  return new Promise((resolve) => {
    const from = performance.now();
    const asked = http.request(address + request.path, { agent, method: request.method, headers: { ...request.headers, ...(payload && { "content-length": String(payload.length) }) } }, (reply) => {
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, raw: Buffer.concat(parts), milliseconds: performance.now() - from }));
      reply.on("error", () => resolve(undefined));
    });
    asked.on("error", () => resolve(undefined));
    asked.on("close", () => resolve(undefined));
    const hangUp = (): void => void asked.destroy();
    if (cut === "in-the-middle" && payload) asked.write(payload.subarray(0, payload.length >> 1), hangUp);
    else asked.end(payload, cut && hangUp);
  });
}

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
