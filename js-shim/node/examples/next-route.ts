import { verifyWebhookSignature, type WebhookEvent } from "@borga/node";
import { handle } from "./orders.js";

export const runtime = "nodejs";

export async function POST(request: Request): Promise<Response> {
  let event: WebhookEvent;
  try {
    event = verifyWebhookSignature({
      body: await request.text(),
      signature: request.headers.get("Borga-Signature"),
      secret: process.env.BORGA_WEBHOOK_SECRET!,
    });
  } catch {
    return new Response("invalid signature", { status: 400 });
  }
  await handle(event);
  return new Response("ok");
}
