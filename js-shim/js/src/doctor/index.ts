/**
 * The doctor: looks at a page and says what keeps its checkout from working. A file of its own, loaded when it is asked.
 */

import { DEFAULT_CHECKOUT_ORIGIN, type BorgaCheckoutElement } from "@borga/checkout-element";
import { finding, type Finding, type Report } from "./finding.js";
import { examineElement, examinePage, headersOfPage } from "./page.js";
import { examineKey, examineSession } from "./service.js";

export type { Finding, Report } from "./finding.js";

/** What to look at beside the page. */
export interface DoctorOptions {
  /** A session; those of the page's elements are looked at anyway. */
  sessionId?: string | undefined;
  /** A publishable key that this page uses. */
  publishableKey?: string | undefined;
  /** The checkout's origin when it is not the default one. */
  checkoutOrigin?: string | undefined;
  /** Keeps the report out of the console. */
  silent?: boolean | undefined;
}

/** Looks at everything, writes it to the console, and answers with it. Never rejects. */
export async function doctor(options: DoctorOptions = {}): Promise<Report> {
  const { sessionId, publishableKey, checkoutOrigin = DEFAULT_CHECKOUT_ORIGIN, silent } = options;
  const elements = [...document.querySelectorAll<BorgaCheckoutElement>("borga-checkout")];
  const findings = examinePage({ checkoutOrigin, headers: await headersOfPage() });
  findings.push(...elements.map(examineElement));
  const sessions = new Set([sessionId, ...elements.map((element) => element.getAttribute("session-id"))]);
  if (findings.some(({ check, status }) => check === "csp-connect" && status === "warning")) {
    // A question that the page's policy forbids would be reported as a violation of it.
    findings.push(finding("server", "unknown", `${checkoutOrigin} was not asked: connect-src forbids it.`));
  } else {
    for (const id of sessions) if (id) findings.push(...(await examineSession(checkoutOrigin, id)));
    if (publishableKey) findings.push(await examineKey(checkoutOrigin, publishableKey));
  }

  const healthy = !findings.some(({ status }) => status === "problem");
  const report: Report = { healthy, version: window.Borga?.version ?? null, findings };
  if (!silent) print(report);
  return report;
}

function print({ healthy, version, findings }: Report): void {
  const count = (status: Finding["status"]): number => findings.filter((it) => it.status === status).length;
  console.groupCollapsed(
    `Borga ${version ?? "(not loaded)"}: ${healthy ? "nothing stands in the way" : `${count("problem")} problem(s)`}, ` +
      `${count("warning")} warning(s)`,
  );
  for (const { check, status, message, docUrl } of findings) {
    const say = { ok: console.info, unknown: console.info, warning: console.warn, problem: console.error }[status];
    say(`${check}: ${message}${status === "ok" ? "" : ` ${docUrl}`}`);
  }
  console.groupEnd();
}
