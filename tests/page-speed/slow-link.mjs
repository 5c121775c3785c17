// A mobile network between browser and servers: one rate for all connections together, and a round trip that TCP's own
// handshake pays too. TLS and HTTP pay theirs by themselves, because their bytes travel through here.

import net from "node:net";

/** 4G as the field measures it. */
const ROUND_TRIP_MS = 150;
const DOWN_BYTES_PER_MS = 1_600 / 8;
const UP_BYTES_PER_MS = 750 / 8;
/** So that connections share the rate, and none waits for the whole answer of another. */
const PIECE_BYTES = 8_192;

/** Listens on `port` and passes everything on to `target`, as slowly as the network would. */
export async function slowLink(port, target) {
  let freeDown = 0;
  let freeUp = 0;
  const server = net.createServer({ allowHalfOpen: true }, (browser) => {
    const upstream = net.connect(target, "127.0.0.1");
    let isFirst = true;
    const toServer = inOrder((piece) => upstream.write(piece));
    const toBrowser = inOrder((piece) => (piece ? browser.write(piece) : browser.end()));
    for (const socket of [browser, upstream]) {
      socket.setNoDelay(true);
      // Browsers hang up as they please.
      socket.on("error", () => {});
    }
    browser.on("data", (bytes) => {
      freeUp = Math.max(performance.now(), freeUp) + bytes.length / UP_BYTES_PER_MS;
      toServer(freeUp + ROUND_TRIP_MS / 2 + (isFirst ? ROUND_TRIP_MS : 0), bytes);
      isFirst = false;
    });
    upstream.on("data", (bytes) => {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        const piece = bytes.subarray(at, at + PIECE_BYTES);
        freeDown = Math.max(performance.now(), freeDown) + piece.length / DOWN_BYTES_PER_MS;
        toBrowser(freeDown + ROUND_TRIP_MS / 2, piece);
      }
    });
    upstream.on("end", () => toBrowser(freeDown + ROUND_TRIP_MS / 2, null));
    browser.on("close", () => setTimeout(() => upstream.destroy(), ROUND_TRIP_MS));
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    /** Forgets what was still on its way: a new visit finds a free link. */
    clear() {
      freeDown = freeUp = 0;
    },
    close: () => server.close(),
  };
}

/** Hands over what it is given at the time it is due, never before what it was given earlier. */
function inOrder(handOver) {
  const queue = [];
  let isArmed = false;
  const arm = () => {
    if (isArmed || queue.length === 0) return;
    isArmed = true;
    setTimeout(run, Math.max(0, queue[0].due - performance.now()));
  };
  const run = () => {
    isArmed = false;
    const now = performance.now();
    while (queue.length > 0 && queue[0].due <= now + 0.5) handOver(queue.shift().piece);
    arm();
  };
  return (due, piece) => {
    queue.push({ due: Math.max(due, queue.at(-1)?.due ?? 0), piece });
    arm();
  };
}
