// Runs before every other script of a page: remembers what goes wrong and what the checkout tells, counts who listens,
// and puts the checkout in and takes it out.

const kept = new Map();
const shop = {
  /** What nobody caught. */
  troubles: [],
  /** What the page heard of the checkout: name and detail. */
  told: [],
  /** How often a checkout's script defined the element. */
  definitions: 0,
  /** How many listen on window and document, by event. */
  listeners: () =>
    [...kept.values()]
      .flatMap((of) => [...of.keys()])
      .map((name) => name.split(" ")[0])
      .reduce((sums, type) => ({ ...sums, [type]: (sums[type] ?? 0) + 1 }), {}),
  /** All frames on the page: window.length does not know those in shadow trees. */
  frames: (root = document) =>
    [...root.querySelectorAll("*")].reduce(
      (sum, { localName, shadowRoot }) => sum + (localName === "iframe") + (shadowRoot ? shop.frames(shadowRoot) : 0),
      0,
    ),
  checkout: undefined,
  put(place = document.querySelector("#place")) {
    const { session, secret, checkout, ...more } = shop.options;
    shop.checkout = document.createElement("borga-checkout");
    Object.assign(shop.checkout, { sessionId: session, clientSecret: secret, checkoutOrigin: checkout, ...more });
    place.append(shop.checkout);
    return shop.checkout;
  },
  take() {
    shop.checkout.remove();
    shop.checkout = undefined;
  },
  /** The next event of this name. */
  hear: (name) => new Promise((resolve) => addEventListener(name, resolve, { once: true })),
};
window.shop = shop;

addEventListener("error", ({ message }) => shop.troubles.push(message));
addEventListener("unhandledrejection", ({ reason }) => shop.troubles.push(String(reason)));
for (const name of ["ready", "processing", "challenge", "complete", "cancel", "pending", "error"]) {
  addEventListener(`borga-${name}`, ({ detail }) => shop.told.push({ ...detail, name: `borga-${name}` }));
}

const define = customElements.define.bind(customElements);
customElements.define = (...words) => {
  shop.definitions += 1;
  define(...words);
};

for (const target of [window, document]) {
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  const of = new Map();
  kept.set(target, of);
  let ids = 0;
  const names = new WeakMap();
  const key = (type, listener, options) => {
    if (!names.has(listener)) names.set(listener, ++ids);
    const capture = typeof options === "object" ? !!options?.capture : !!options;
    return `${type} ${names.get(listener)}${capture ? " capture" : ""}`;
  };
  target.addEventListener = (type, listener, options) => {
    add(type, listener, options);
    const { signal, once, capture } = Object(options);
    const name = key(type, listener, options);
    if (!listener || signal?.aborted) return;
    of.set(name, true);
    const gone = () => of.delete(name);
    signal?.addEventListener("abort", gone);
    if (once) add(type, gone, { once, capture: !!capture });
  };
  target.removeEventListener = (type, listener, options) => {
    remove(type, listener, options);
    if (listener) of.delete(key(type, listener, options));
  };
}
