import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test, vi } from "vitest";
import { BorgaWebhookSignatureError, verifyStandardWebhook, type VerifyStandardWebhookOptions } from "../src/index.js";
import { BODY, EVENT, ON_TIME, SECRET, SENT_AT } from "./scene/delivery.js";

const ID = "evt_01hx9z3k2mfq7nbvd4cw8ej5rt";
const OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const LIBRARIES = [
  ["standardwebhooks", StandardWebhook, "webhook"],
  ["svix", SvixWebhook, "svix"],
] as const;

function headersOf(signature: string, timestamp: number | string = SENT_AT, id = ID) {
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature };
}
const sign = (secret = SECRET, body = BODY) => new StandardWebhook(secret).sign(ID, ON_TIME, body);

const verify = (options: Partial<VerifyStandardWebhookOptions> = {}) =>
  verifyStandardWebhook({ body: BODY, headers: headersOf(sign()), secret: SECRET, now: ON_TIME, ...options });

function refusal(options: Partial<VerifyStandardWebhookOptions>): string {
  try {
    verify(options);
  } catch (error) {
    expect(error).toBeInstanceOf(BorgaWebhookSignatureError);
    expect(String(error)).not.toContain(SECRET);
    return (error as BorgaWebhookSignatureError).code;
  }
  return "accepted";
}

test("the published vector", () => {
  const vector = {
    secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    body: '{"email":"test@example.com","username":"test_user"}',
    headers: headersOf("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=", 1649367553, "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk"),
    now: new Date(1649367553_000),
  };
  expect(verifyStandardWebhook(vector)).toEqual({ email: "test@example.com", username: "test_user" });
  expect(() => verifyStandardWebhook({ ...vector, body: vector.body.replace("user", "usem") })).toThrow(/No signature/);
});

describe.each(LIBRARIES)("beside %s", (_, Library, prefix) => {
  test("what it signs is verified here", () => {
    expect(verify({ headers: headersOf(new Library(SECRET).sign(ID, ON_TIME, BODY)) })).toEqual(EVENT);
    expect(refusal({ headers: headersOf(new Library(OTHER).sign(ID, ON_TIME, BODY)) })).toBe("signature_mismatch");
  });

  test("both say the same of every delivery", () => {
    vi.useFakeTimers({ now: ON_TIME, toFake: ["Date"] });
    try {
      const good = sign();
      const cases: [string, string, number, string][] = [
        [BODY, good, SENT_AT, SECRET],
        [BODY, `v1,AAAA ${good}`, SENT_AT, SECRET],
        [BODY, `v1a,${good.slice(3)} ${good}`, SENT_AT, SECRET],
        [BODY, `v2,${good.slice(3)}`, SENT_AT, SECRET],
        [BODY, good.slice(3), SENT_AT, SECRET],
        [BODY, good, SENT_AT, SECRET.slice(6)],
        [BODY, good, SENT_AT, OTHER],
        [`${BODY} `, good, SENT_AT, SECRET],
        [BODY, good, SENT_AT + 1, SECRET],
        ...[301, 299, -299, -301].map((off): [string, string, number, string] => {
          const sent = new Date(ON_TIME.getTime() - off * 1000);
          return [BODY, new StandardWebhook(SECRET).sign(ID, sent, BODY), SENT_AT - off, SECRET];
        }),
      ];
      const verdicts = cases.map(([body, signature, timestamp, secret]) => {
        const headers = headersOf(signature, timestamp);
        const theirs = Object.fromEntries(Object.entries(headers).map(([name, it]) => [name.replace("webhook", prefix), it]));
        const accepts = (verification: () => unknown) => {
          try {
            verification();
            return true;
          } catch (error) {
            expect((error as Error).name).toContain("Webhook");
            return false;
          }
        };
        const ours = accepts(() => verifyStandardWebhook({ body, headers, secret, now: ON_TIME }));
        expect(ours).toBe(accepts(() => new Library(secret).verify(body, theirs)));
        return ours;
      });
      expect(verdicts).toEqual([
        ...[true, true, true, false, false, true, false, false, false],
        ...[false, true, true, false],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("headers", () => {
  test.each([
    ["Fetch's", new Headers(headersOf(sign()))],
    ["Node's", headersOf(sign())],
    ["in another case", { "Webhook-Id": ID, "WEBHOOK-TIMESTAMP": String(SENT_AT), "webhook-Signature": sign() }],
  ])("%s", (_, headers) => expect(verify({ headers })).toEqual(EVENT));

  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("%s is needed, once", (name) => {
    const good: Record<string, string> = headersOf(sign());
    for (const value of [undefined, null, ""]) expect(refusal({ headers: { ...good, [name]: value } })).toBe("missing_header");
    expect(refusal({ headers: { ...good, [name]: [good[name]!, good[name]!] } })).toBe("repeated_header");
    expect(refusal({ headers: { ...good, [name.toUpperCase()]: "x" } })).toBe("repeated_header");
  });

  test("rotation: one of several signatures is enough", () => {
    expect(verify({ headers: headersOf(`${sign(OTHER)} ${sign()}`) })).toEqual(EVENT);
    expect(verify({ headers: headersOf(`${sign()} ${sign(OTHER)}`) })).toEqual(EVENT);
  });

  test("a dot in the id could move where the body begins", () => {
    const cut = new StandardWebhook(SECRET).sign("evt.1", ON_TIME, BODY);
    expect(refusal({ headers: headersOf(cut, SENT_AT, "evt.1") })).toBe("malformed_header");
    expect(refusal({ headers: headersOf(sign(), "soon") })).toBe("malformed_header");
  });
});

test("a single changed byte is refused: in id, time, signature and body", () => {
  const change = (text: string, at: number) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
  const good: Record<string, string> = headersOf(sign());
  for (const [name, value] of Object.entries(good)) {
    for (let at = 0; at < value.length; at += 1) {
      expect(refusal({ headers: { ...good, [name]: change(value, at) } }), `${name} ${at}`).not.toBe("accepted");
    }
  }
  for (let at = 0; at < BODY.length; at += 1) expect(refusal({ body: change(BODY, at) })).toBe("signature_mismatch");
});

test.each(["whsec_not base64", "whsec_=", "whsec_a"])("a secret that is none is the merchant's mistake: %s", (secret) => {
  expect(() => verify({ secret })).toThrow(TypeError);
});
