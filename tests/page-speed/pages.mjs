// The pages that are compared: ours, in front of the demo's servers; floors, below which nothing in a frame can be; and
// another provider's form from its npm package.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const HERE = import.meta.dirname;
const SHOP = "https://shop.test";
const CHECKOUT = "https://checkout.test";

const page = (body) =>
  '<!doctype html><html lang="en"><meta charset="utf-8">' +
  `<meta name="viewport" content="width=device-width,initial-scale=1"><title>Shop</title><h1>Pay</h1>${body}`;

const FLOORS = [
  {
    name: "static-frame",
    about: "static form in a cross-site frame: the limit",
    url: `${SHOP}/`,
    selector: "input[name=number]",
    frame: /pay\.test/,
    routes: [
      {
        host: "shop.test",
        path: "/",
        body: page('<iframe src="https://pay.test/form.html" style="border:0;width:100%;height:260px"></iframe>'),
      },
      { host: "pay.test", dir: join(HERE, "floors") },
    ],
  },
  {
    name: "script-frame",
    about: "script tag, then a frame whose form 3.6 KB of plain JavaScript make",
    url: `${SHOP}/`,
    selector: "input[name=number]",
    frame: /pay\.test/,
    routes: [
      {
        host: "shop.test",
        path: "/",
        body: page(
          '<div id="card"></div><script src="https://pay.test/loader.js"></script><script>Pay.mount("#card")</script>',
        ),
      },
      { host: "pay.test", dir: join(HERE, "floors/script") },
    ],
  },
];

/** Floors, ours and the other provider's, for sessions that the demo at `ready` makes and bundles that stand in `peers`. */
export async function pages(ready, peers) {
  return [...FLOORS, ...(await ours(ready)), ...peers.map(adyen)];
}

/** The checkout, started by its script or by a frame that the merchant's own page has in its HTML. */
async function ours({ checkout, secret_key }) {
  const { id, client_secret } = await session(checkout, secret_key);
  const element = (content) =>
    `<borga-checkout session-id="${id}" client-secret="${client_secret}" checkout-origin="${CHECKOUT}">${content}</borga-checkout>` +
    `<script type="module" src="${CHECKOUT}/v1/borga.js"></script>`;
  const early =
    `<iframe src="${CHECKOUT}/embed/${id}" title="Secure card payment" referrerpolicy="strict-origin" ` +
    'width="100%" height="482" style="border:0"></iframe>';
  const made = (name, about, body) => ({
    name,
    about,
    url: `${SHOP}/`,
    selector: "#card-number",
    interactive: "#checkout[data-phase=ready] #pay:enabled",
    frame: /checkout\.test/,
    routes: [
      { host: "shop.test", path: "/", body: page(body) },
      { host: "checkout.test", proxy: byPort(checkout) },
    ],
  });
  return [
    made("borga-script", "Borga, started by its script", element("")),
    made("borga-early", "Borga, the frame in the merchant's own HTML", element(early)),
  ];
}

async function session(checkout, key) {
  const response = await fetch(`${byPort(checkout)}/v1/payment_sessions`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ mode: "embedded", amount: 1990, currency: "ISK", origin: SHOP }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`the demo makes no session: ${JSON.stringify(answer.error)}`);
  return answer;
}

/** Names under `localhost` are known to browsers only. */
function byPort(origin) {
  return `http://127.0.0.1:${new URL(origin).port}`;
}

/** Its own frames come from its servers; here a stand-in with one input answers, so the figures are lower bounds. */
function adyen({ name, about, dir }) {
  const stub = (path, body, media) => ({ host: "*", path, body, media, isKept: true });
  return {
    name,
    about: `${about}; its fields' frames stubbed: a lower bound`,
    url: `${SHOP}/`,
    selector: "input[data-fieldtype=encryptedCardNumber]",
    frame: /securedfields/i,
    routes: [
      {
        host: "shop.test",
        path: "/",
        body: page(
          '<link rel="stylesheet" href="/app.css"><div id="card"></div><script type="module" src="/app.js"></script>',
        ),
      },
      { host: "shop.test", dir },
      stub(/securedfields/i, readFileSync(join(HERE, "floors/secured-field.html"), "utf8"), "text/html"),
      stub(/dfp\..*html$/, "<!doctype html><title>stub</title>", "text/html"),
      stub(/analytics/i, '{"id":"stub"}', "application/json"),
      stub(/\/images\/.*svg$/, readFileSync(join(HERE, "floors/logo.svg"), "utf8"), "image/svg+xml"),
      stub(/translations\/.*json$/, "{}", "application/json"),
    ],
  };
}
