/**
 * What the page itself tells: its origin, its headers, its scripts, its elements. It changes nothing.
 */

import { exactOrigin, type BorgaCheckoutElement } from "@borga/checkout-element";
import { forbiddenBy, policiesIn, type Loading } from "./content-policy.js";
import { explained, finding, type Finding } from "./finding.js";

/** How much the payer's clock may differ from the shop's, in milliseconds. */
const CLOCK_TOLERANCE_MS = 60_000;

/** What the page is looked at for. */
export interface Page {
  readonly checkoutOrigin: string;
  /** The headers that the page was served with, if its server tells them again. */
  readonly headers: Headers | null;
}

/** The headers of this page, asked for once more without its body. */
export async function headersOfPage(): Promise<Headers | null> {
  try {
    const { ok, headers } = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    return ok ? headers : null;
  } catch {
    return null;
  }
}

/** Everything that can be seen without asking the checkout's server. */
export function examinePage(page: Page): Finding[] {
  return [
    secureContext(),
    ownOrigin(),
    ancestors(),
    script(page),
    copies(),
    policy(page, "frame", "The checkout is a frame"),
    policy(page, "connect", "Borga.sessions.create and the reason for a frame that was refused need it"),
    openerPolicy(page),
    isolation(),
    permissions(page),
    clock(page),
    secretKey(),
  ];
}

function secureContext(): Finding {
  return isSecureContext
    ? finding("secure-context", "ok", "The page is a secure context.")
    : finding("secure-context", "problem", `Serve ${location.origin} over https; only localhost may do without.`);
}

function ownOrigin(): Finding {
  return self.origin === "null"
    ? finding("origin", "problem", "The page has no origin: it is sandboxed or a file. Serve it from a server of yours.")
    : finding("origin", "ok", `A session for this page has the origin ${self.origin}.`);
}

function ancestors(): Finding {
  if (window === window.top) return finding("framed", "ok", "The page is in no other page's frame.");
  const others = [...(location.ancestorOrigins ?? [])].filter((origin) => origin !== location.origin);
  return others.length
    ? finding("framed", "problem", `The page is in a frame of ${others.join(", ")}: the checkout shows on its own origin only.`)
    : finding("framed", "warning", "The page is in a frame: a redirect to the bank stays in it.");
}

function script(page: Page): Finding {
  const { checkoutOrigin } = page;
  const loaded = performance.getEntriesByType("resource").some(({ name }) => isScript(name, checkoutOrigin));
  if (!window.Borga) {
    const directive = forbids(page, "script");
    const remedy = directive
      ? `This page's ${directive} forbids ${checkoutOrigin}: allow it there, or give the tag the page's nonce.`
      : `Load ${checkoutOrigin}/v1/borga.js and look whether something blocks it.`;
    return finding("script", "problem", `window.Borga is missing. ${remedy}`);
  }
  return loaded || scripts().some(({ src }) => isScript(src, checkoutOrigin))
    ? finding("script", "ok", `borga.js ${window.Borga.version} is loaded from ${checkoutOrigin}.`)
    : finding("script", "warning", `borga.js was not loaded from ${checkoutOrigin}: a copy misses what the frame learns.`);
}

function copies(): Finding {
  const isCopy = (address: string): boolean => /\/borga\.js(\?|$)/.test(address);
  const count = scripts().filter(({ src }) => isCopy(src)).length;
  if (count > 1) {
    return finding("double-load", "warning", `${count} script tags load borga.js. The first one counts; take the others away.`);
  }
  // What a bundle loads has no tag. A load that was tried again is the same but for its question mark.
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter(isCopy);
  const addresses = [...new Set(loaded.map((name) => name.split("?")[0]))];
  return addresses.length > 1
    ? finding("double-load", "warning", `The page asks for ${addresses.join(" and ")}. The first to run counts; keep one.`)
    : finding("double-load", "ok", "borga.js is in the page once.");
}

/** The directive of the page's policies by which the browser loads nothing of that kind from the checkout. */
function forbids({ headers, checkoutOrigin }: Page, loading: Loading): string | null {
  const inPage = [...document.querySelectorAll<HTMLMetaElement>("meta[http-equiv]")]
    .filter(({ httpEquiv }) => httpEquiv.toLowerCase() === "content-security-policy")
    .map(({ content }) => content);
  const policies = [...policiesIn(headers?.get("content-security-policy") ?? null), ...inPage];
  return forbiddenBy(policies, loading, checkoutOrigin, location.origin);
}

function policy(page: Page, loading: Loading, why: string): Finding {
  const { headers, checkoutOrigin } = page;
  const check = `csp-${loading}`;
  const directive = forbids(page, loading);
  const remedy = `Allow ${checkoutOrigin} in ${loading}-src`;
  if (directive) {
    const status = loading === "frame" ? "problem" : "warning";
    return finding(check, status, `This page's ${directive} forbids ${checkoutOrigin}. ${remedy}: ${why}.`);
  }
  return headers
    ? finding(check, "ok", `No policy of the page forbids ${checkoutOrigin} in ${loading}-src.`)
    : finding(check, "unknown", `The page's server does not answer HEAD, so its headers are not known. ${remedy}.`);
}

function openerPolicy({ headers }: Page): Finding {
  const value = headers?.get("cross-origin-opener-policy") ?? "";
  return value.startsWith("same-origin") && !value.includes("allow-popups")
    ? finding(
        "opener-policy",
        "warning",
        `Cross-Origin-Opener-Policy: ${value} cuts the bank's window off: it cannot close by itself. The outcome arrives ` +
          "all the same. same-origin-allow-popups keeps the window connected.",
      )
    : finding("opener-policy", "ok", "The bank's window keeps its link to the page.");
}

function isolation(): Finding {
  return globalThis.crossOriginIsolated
    ? finding("isolation", "warning", "The page is cross-origin isolated: have a test payment with a challenge in each browser.")
    : finding("isolation", "ok", "The page is not cross-origin isolated.");
}

function permissions({ headers, checkoutOrigin }: Page): Finding {
  const value = headers?.get("permissions-policy") ?? "";
  const closed = ["payment", "publickey-credentials-get"].filter((name) => {
    const [, allowed] = new RegExp(`(?:^|[,\\s])${name}=(\\([^)]*\\)|[^,\\s]*)`).exec(value) ?? [];
    return allowed !== undefined && !allowed.includes("*") && !allowed.includes(`"${checkoutOrigin}"`);
  });
  return closed.length
    ? finding("permissions", "warning", `Permissions-Policy forbids ${closed.join(" and ")} in frames; banks may ask for them.`)
    : finding("permissions", "ok", "Permissions-Policy keeps nothing from the frame.");
}

function clock({ headers }: Page): Finding {
  const shop = Date.parse(headers?.get("date") ?? "");
  if (Number.isNaN(shop)) return finding("clock", "unknown", "The page's server does not tell the time.");
  const seconds = Math.round(Math.abs(Date.now() - shop) / 1_000);
  return seconds * 1_000 > CLOCK_TOLERANCE_MS
    ? finding("clock", "warning", `This machine's clock and the shop's server differ by ${seconds} s. Set the wrong one.`)
    : finding("clock", "ok", "This machine's clock agrees with the shop's server.");
}

function secretKey(): Finding {
  return /\bsk_(test|live)_\w{6}/.test(document.documentElement.outerHTML)
    ? finding("secret-key", "problem", "A secret key stands in this page. Revoke it now, and keep the new one on your server.")
    : finding("secret-key", "ok", "No secret key stands in the page.");
}

/** What is wrong with one `<borga-checkout>` by itself. */
export function examineElement(element: BorgaCheckoutElement): Finding {
  const check = "element";
  if (!customElements.get("borga-checkout")) {
    return finding(check, "problem", "<borga-checkout> is not defined: borga.js has not run.");
  }
  if (!exactOrigin(element.checkoutOrigin)) {
    return finding(check, "problem", "checkout-origin must be an https origin, or http on localhost, and nothing more.");
  }
  if (!element.sessionId) return finding(check, "problem", "session-id is missing.");
  const name = `<borga-checkout session-id="${element.sessionId}">`;
  if (!element.clientSecret && !element.fetchClientSecret) {
    return finding(check, "problem", `${name} has neither client-secret nor fetchClientSecret.`);
  }
  // The state is the frame's word, and a frame that never came has said none: what the payer is shown ends with the code.
  const failure = element.shadowRoot?.querySelector("[name=error]:not([hidden])")?.textContent ?? "";
  const [, code] = /\((\w+)\)$/.exec(failure) ?? [];
  if (code) return explained(check, code, `${name} cannot go on; its borga-error event and the console say why.`);
  const { phase } = element.state;
  switch (phase) {
    case "loading":
      return finding(check, "warning", `${name} is still loading.`);
    case "broken":
      return finding(check, "problem", `${name} cannot go on; its borga-error event and the console say why.`);
    case "expired":
      return explained(check, "session_expired", `${name} came too late. Make another session, or let fetchClientSecret do so.`);
    case "succeeded":
      return finding(check, "warning", `${name} is paid already: its session takes no other payment.`);
    case "unknown":
      return finding(check, "warning", `How the payment of ${name} ended is not known yet: ask your server.`);
    case "ready":
    case "submitting":
    case "challenging":
    case "processing":
      break;
  }
  // Also where a frame is newer than the script that a page has pinned, and knows one more.
  return finding(check, "ok", `${name} is ${phase}.`);
}

function scripts(): HTMLScriptElement[] {
  return [...document.scripts];
}

function isScript(address: string, origin: string): boolean {
  // The newest, or a version that the page has pinned.
  return address.startsWith(`${origin}/`) && /^\/(v[\d.]+\/)?borga\.js/.test(address.slice(origin.length));
}
