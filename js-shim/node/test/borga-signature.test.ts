import { describe, expect, test } from "vitest";
import { BorgaError, BorgaWebhookSignatureError, verifyWebhookSignature, type VerifyWebhookSignatureOptions } from "../src/index.js";
import { BODY, EVENT, hex, ON_TIME, SECRET, SENT_AT, v1 } from "./scene/delivery.js";

const OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const verify = (options: Partial<VerifyWebhookSignatureOptions> = {}) =>
  verifyWebhookSignature({ body: BODY, signature: v1(), secret: SECRET, now: ON_TIME, ...options });

/** The code with which it is refused. */
function refusal(options: Partial<VerifyWebhookSignatureOptions>): string {
  try {
    verify(options);
  } catch (error) {
    expect(error).toBeInstanceOf(BorgaWebhookSignatureError);
    expect(error).toBeInstanceOf(BorgaError);
    expect(String(error)).not.toContain(SECRET);
    return (error as BorgaError).code;
  }
  return "accepted";
}

describe("the header with pairs", () => {
  test("gives the event", () => expect(verify()).toEqual(EVENT));

  test.each([
    ["text", BODY],
    ["a Buffer", Buffer.from(BODY)],
    ["bytes", new TextEncoder().encode(BODY)],
    ["bytes within others", Buffer.from(`xx${BODY}xx`).subarray(2, -2)],
  ])("takes the body as %s", (_, body) => expect(verify({ body })).toEqual(EVENT));

  test("one of several signatures is enough, wherever it stands", () => {
    const [right, wrong] = [hex(), hex(OTHER)];
    for (const list of [[right, wrong], [wrong, right], [wrong, wrong, right], ["short", right]]) {
      expect(verify({ signature: `t=${SENT_AT},${list.map((one) => `v1=${one}`).join(",")}` })).toEqual(EVENT);
    }
    expect(refusal({ signature: `t=${SENT_AT},v1=${wrong},v1=${wrong}` })).toBe("signature_mismatch");
  });

  test("pairs of other versions are passed over, and are no proof", () => {
    expect(verify({ signature: `${v1()},v2=abc, v0=${hex(OTHER)}` })).toEqual(EVENT);
    expect(refusal({ signature: `t=${SENT_AT},v0=${hex()}` })).toBe("malformed_header");
    expect(refusal({ signature: `t=${SENT_AT},v2=${hex()},v1=${hex(OTHER)}` })).toBe("signature_mismatch");
  });

  test("the whole text of the secret is the key", () => {
    const decoded = Buffer.from(SECRET.slice(6), "base64").toString("latin1");
    for (const key of [SECRET.slice(6), decoded]) expect(refusal({ signature: v1(key) })).toBe("signature_mismatch");
  });
});

describe("a single changed byte is refused", () => {
  /** Every text that differs in one character, by its lowest bit, its case, a space, or its absence. */
  const mutants = (text: string) =>
    [...text].flatMap((character, at) => {
      const swapped = character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
      const others = [String.fromCharCode(character.charCodeAt(0) ^ 1), swapped, " ", ""].filter((it) => it !== character);
      return others.map((other) => text.slice(0, at) + other + text.slice(at + 1));
    });

  test("in the body", () => {
    for (const body of mutants(BODY)) expect(refusal({ body })).toBe("signature_mismatch");
  });
  test("in the header", () => {
    for (const signature of mutants(v1())) {
      expect(refusal({ signature }), signature).not.toBe("accepted");
    }
  });
  test("in the bare signature and its time", () => {
    for (const signature of mutants(hex())) {
      expect(refusal({ signature, timestamp: String(SENT_AT) }), signature).not.toBe("accepted");
    }
    for (const timestamp of mutants(String(SENT_AT))) {
      expect(refusal({ signature: hex(), timestamp }), timestamp).not.toBe("accepted");
    }
  });
  test("in the secret", () => {
    for (const secret of mutants(SECRET)) expect(refusal({ secret })).toBe("signature_mismatch");
  });
});

describe("the bare hex signature with its own time", () => {
  test.each([["text", String(SENT_AT)], ["a number", SENT_AT]])("gives the event, the time as %s", (_, timestamp) =>
    expect(verify({ signature: hex(), timestamp })).toEqual(EVENT),
  );
  test("one of several is enough", () => {
    expect(verify({ signature: `${hex(OTHER)}, ${hex()}`, timestamp: SENT_AT })).toEqual(EVENT);
    expect(refusal({ signature: `${hex(OTHER)},${hex(OTHER)}`, timestamp: SENT_AT })).toBe("signature_mismatch");
  });
  test("needs its time", () => {
    expect(refusal({ signature: hex() })).toBe("missing_header");
    expect(refusal({ signature: hex(), timestamp: null })).toBe("missing_header");
    expect(refusal({ signature: hex(), timestamp: [String(SENT_AT)] })).toBe("repeated_header");
    for (const timestamp of ["now", "1.5", "-1", "1e9", 1.5, Number.NaN]) {
      expect(refusal({ signature: hex(), timestamp }), String(timestamp)).toBe("malformed_header");
    }
  });
  test("is of the body with its time, not of the body alone", () => {
    const alone = hex(SECRET, "", BODY);
    expect(refusal({ signature: alone, timestamp: SENT_AT })).toBe("signature_mismatch");
  });
  test("a separate time beside pairs changes nothing: theirs is signed", () => {
    expect(verify({ timestamp: 1 })).toEqual(EVENT);
    expect(refusal({ signature: v1(SECRET, 1), timestamp: SENT_AT })).toBe("timestamp_out_of_tolerance");
  });
});

describe("the header's shape", () => {
  test.each([
    ["none", undefined, "missing_header"],
    ["null, as Fetch's headers say", null, "missing_header"],
    ["an empty one", "", "missing_header"],
    ["several", [v1(), v1()], "repeated_header"],
    ["a list of one", [v1()], "repeated_header"],
    ["no time", `v1=${hex()}`, "malformed_header"],
    ["two times", `t=${SENT_AT},${v1()}`, "malformed_header"],
    ["a time that is none", `t=now,v1=${hex()}`, "malformed_header"],
    ["no signature", `t=${SENT_AT}`, "malformed_header"],
    ["an empty signature", `t=${SENT_AT},v1=`, "signature_mismatch"],
    ["something else", "Bearer abc", "malformed_header"],
  ])("%s is refused", (_, signature, code) => expect(refusal({ signature })).toBe(code));
});

describe("the time", () => {
  const at = (seconds: number) => new Date((SENT_AT + seconds) * 1000);

  test("may be five minutes off, both ways", () => {
    for (const seconds of [300, -300, 0]) expect(verify({ now: at(seconds) })).toEqual(EVENT);
    for (const seconds of [300.001, -300.001]) expect(refusal({ now: at(seconds) })).toBe("timestamp_out_of_tolerance");
  });
  test("may be as much off as the caller says", () => {
    expect(verify({ now: at(3600), toleranceSeconds: 3600 })).toEqual(EVENT);
    expect(refusal({ now: at(1), toleranceSeconds: 0 })).toBe("timestamp_out_of_tolerance");
    expect(verify({ now: at(0), toleranceSeconds: 0 })).toEqual(EVENT);
  });
  test("is compared with now when nothing else is said", () => {
    const now = Math.floor(Date.now() / 1000);
    expect(verifyWebhookSignature({ body: BODY, signature: v1(SECRET, now), secret: SECRET })).toEqual(EVENT);
    const options = { body: BODY, signature: v1(SECRET, now - 3600), secret: SECRET };
    expect(() => verifyWebhookSignature(options)).toThrow(BorgaWebhookSignatureError);
  });
  test.each([Number.NaN, Infinity, -1])("a tolerance of %d is a mistake", (toleranceSeconds) =>
    expect(() => verify({ toleranceSeconds })).toThrow(/`toleranceSeconds`/),
  );
});

describe("what only the merchant's own code can get wrong is a TypeError that says so", () => {
  test.each([undefined, "", "whsec_", null])("no secret: %s", (secret) => {
    // Whoever sees the code could sign with an empty key.
    const options = { secret: secret as string, signature: v1(secret || "") };
    expect(() => verify(options)).toThrow(TypeError);
    expect(() => verify(options)).toThrow(/`secret` is missing/);
  });
  test.each([EVENT, undefined, null, 7, []])("no raw body: %s", (body) => {
    const options = { body: body as unknown as string };
    expect(() => verify(options)).toThrow(TypeError);
    expect(() => verify(options)).toThrow(/express\.raw/);
  });
});

test("a signed body that is no JSON is refused", () => {
  for (const body of ["", "{", "ok"]) {
    expect(refusal({ body, signature: v1(SECRET, SENT_AT, body) }), body).toBe("unreadable_body");
  }
});
