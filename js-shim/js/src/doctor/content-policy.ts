/**
 * Whether a Content-Security-Policy lets a page load from an origin. It knows the sources that name places; a nonce, a hash
 * or 'strict-dynamic' names none.
 */

/** What is loaded, and the directives that decide, the first that is there. */
const DECIDED_BY = {
  script: ["script-src-elem", "script-src", "default-src"],
  frame: ["frame-src", "child-src", "default-src"],
  connect: ["connect-src", "default-src"],
} as const;

/** A kind of loading. */
export type Loading = keyof typeof DECIDED_BY;

/** The directive of `policies` that forbids to load from `origin` in a page of `page`, or `null` when none does. */
export function forbiddenBy(policies: readonly string[], loading: Loading, origin: string, page: string): string | null {
  for (const policy of policies) {
    const directives = parse(policy);
    const name = DECIDED_BY[loading].find((it) => directives.has(it));
    if (name && !directives.get(name)?.some((source) => allows(source, origin, page))) return name;
  }
  return null;
}

/** The policies in a header, which joins several with commas. */
export function policiesIn(header: string | null): string[] {
  return (header ?? "").split(",").filter((policy) => policy.trim());
}

function parse(policy: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const text of policy.split(";")) {
    const [name, ...sources] = text.trim().split(/\s+/);
    // Browsers take the first of two directives of one name.
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

function allows(source: string, origin: string, page: string): boolean {
  const text = source.toLowerCase();
  const url = new URL(origin);
  if (text === "*") return true;
  if (text === "'self'") return origin === page;
  if (/^[a-z][a-z0-9+.-]*:$/.test(text)) return text === url.protocol || (text === "http:" && url.protocol === "https:");
  const [, scheme, host = "", port] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^:/]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(text) ?? [];
  const usualPort = url.protocol === "https:" ? "443" : "80";
  const isScheme = scheme
    ? `${scheme}:` === url.protocol || (scheme === "http" && url.protocol === "https:")
    : url.protocol === "https:" || url.protocol === new URL(page).protocol;
  const isHost = host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : host === url.hostname;
  return isScheme && isHost && (port === "*" || (port ?? usualPort) === (url.port || usualPort));
}
