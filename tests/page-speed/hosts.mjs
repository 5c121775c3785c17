// Every host of a page on one HTTP/2 server. A page says what its hosts answer: files, texts, or a running server behind
// a name. Files and texts go out as brotli 11, the best that a server could have ready; a running server's own
// compression is passed on as it is, so that it is measured too.

import { existsSync, readFileSync, statSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const MEDIA = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const NEVER_FORWARDED = /^(:|(connection|keep-alive|transfer-encoding|proxy-.*|upgrade)$)/;

/** Serves on `port` whatever the page set by `show` says. */
export async function hosts(port, { key, cert }) {
  let routes = [];
  let answered = [];
  const server = http2.createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const url = new URL(request.url, `https://${request.authority ?? request.headers.host}`);
    const route = routes.find((route) => fits(route, url));
    const note = (bytes) => answered.push({ host: url.hostname, path: url.pathname, bytes });
    if (!route) answer(response, 404, {}, Buffer.alloc(0), () => {});
    else if (route.proxy) forward(route.proxy, url, request, response, note);
    else serve(route, url, request, response, note);
  });
  server.on("sessionError", () => {});
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    /** From now on these routes answer; what was answered so far is forgotten. */
    show(page) {
      routes = page;
      answered = [];
    },
    /** What was answered since: where, and how many bytes of body as they were sent. */
    answered: () => answered,
    close: () => server.close(),
  };
}

function fits(route, url) {
  if (route.host !== "*" && route.host !== url.hostname) return false;
  if (route.dir) return isFile(join(route.dir, decodeURIComponent(url.pathname)));
  return route.path instanceof RegExp ? route.path.test(url.pathname) : (route.path ?? url.pathname) === url.pathname;
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

const packed = new Map();

function brotli(text) {
  if (!packed.has(text)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    packed.set(text, brotliCompressSync(text, { params }));
  }
  return packed.get(text);
}

function serve(route, url, request, response, note) {
  const path = route.dir && join(route.dir, decodeURIComponent(url.pathname));
  const text = path ? readFileSync(path, "utf8") : route.body;
  const media = route.media ?? MEDIA[path ? extname(path) : ".html"];
  const headers = {
    "content-type": media,
    "content-encoding": "br",
    "cache-control": path || route.isKept ? "public, max-age=31536000" : "no-store",
    "access-control-allow-origin": request.headers.origin ?? "*",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    "access-control-allow-methods": "*",
    "timing-allow-origin": "*",
  };
  answer(response, request.method === "OPTIONS" ? 204 : 200, headers, brotli(text), note);
}

function forward(target, url, request, response, note) {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !NEVER_FORWARDED.test(name)));
  const { hostname, port, host } = new URL(target);
  const upstream = http.request(
    { hostname, port, method: request.method, path: url.pathname + url.search, headers: { ...headers, host } },
    (from) => {
      const kept = Object.entries(from.headers).filter(([name]) => !NEVER_FORWARDED.test(name));
      let bytes = 0;
      from.on("data", (piece) => (bytes += piece.length));
      from.on("end", () => note(bytes));
      if (response.destroyed || response.stream?.destroyed) return;
      response.writeHead(from.statusCode, Object.fromEntries(kept));
      from.pipe(response);
    },
  );
  upstream.on("error", () => answer(response, 502, {}, Buffer.alloc(0), note));
  // A page that is left drops its requests, the long poll among them.
  response.on("close", () => upstream.destroy());
  request.pipe(upstream);
}

function answer(response, status, headers, body, note) {
  note(body.length);
  if (response.destroyed || response.stream?.destroyed || response.headersSent) return;
  response.writeHead(status, status === 200 ? headers : { ...headers, "content-encoding": "identity" });
  response.end(status === 200 ? body : undefined);
}
