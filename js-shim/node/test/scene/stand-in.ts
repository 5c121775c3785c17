import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What the API was asked. */
export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How it answers: with something, by hanging up, by saying nothing, or by stopping half-way. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown; text?: string }
  | "hang up"
  | "silence"
  | "half an answer";

/** A server in the API's place that gives these answers in turn, and goes on with the last one. */
export async function standIn(...replies: Reply[]): Promise<{ baseUrl: string; asked: Asked[]; heard: () => Promise<void> }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    asked.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
    const reply = replies[Math.min(asked.length, replies.length) - 1] ?? {};
    server.emit("heard");
    if (reply === "silence") return;
    if (reply === "hang up") return void request.socket.destroy();
    if (reply === "half an answer") {
      response.writeHead(200, { "Content-Length": "100" });
      return void response.write('{"id":', () => request.socket.destroy());
    }
    response.writeHead(reply.status ?? 200, { "Request-Id": `req_${asked.length}`, ...reply.headers });
    response.end(reply.text ?? (reply.body === undefined ? "" : JSON.stringify(reply.body)));
  });
  const baseUrl = await listening(server.listen(0, "127.0.0.1"));
  return { baseUrl, asked, heard: async () => void (await once(server, "heard")) };
}

/** Where a server of this test listens, until the test is over. */
export async function listening(server: Server): Promise<string> {
  if (!server.listening) await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The API's envelope. */
export function errorReply(status: number, type: string, code: string, headers: Record<string, string> = {}): Reply {
  const error = { type, code, message: `About ${code}.`, param: "amount", doc_url: `https://docs.borga.is/errors/${code}` };
  return { status, headers, body: { error } };
}
