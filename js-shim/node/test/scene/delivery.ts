import { createHmac } from "node:crypto";

/** What Borga sends, signed here by hand so that the package is not its own witness. */
export const SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
/** Unix seconds. */
export const SENT_AT = 1_795_000_000;
export const ON_TIME = new Date(SENT_AT * 1000);

export const EVENT = {
  id: "evt_01hx9z3k2mfq7nbvd4cw8ej5rt",
  type: "payment.succeeded",
  created_at: "2026-11-18T14:26:40Z",
  mode: "test",
  data: { id: "pay_01hx9z3k2mfq7nbvd4cw8ej5rt", amount: 1990, description: "Kaffi og kleinur, þökk" },
};
/** With spaces that a second writing would lose. */
export const BODY = JSON.stringify(EVENT, null, 1);

export function hex(secret = SECRET, timestamp: number | string = SENT_AT, body: string = BODY): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}

export function v1(secret = SECRET, timestamp: number | string = SENT_AT, body: string = BODY): string {
  return `t=${timestamp},v1=${hex(secret, timestamp, body)}`;
}
