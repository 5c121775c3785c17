/** The guide's webhook with Next.js' App Router, as it is written there. What it handles is for the test to see. */

import { verifyWebhookSignature } from "@borga/node";

export const handled: string[] = [];

export async function POST(req: Request) {
  const rawBody = await req.text();
  try {
    const event = verifyWebhookSignature({
      body: rawBody,
      signature: req.headers.get("Borga-Signature"),
      secret: process.env.BORGA_WEBHOOK_SECRET!,
    });
    // handle event…
    handled.push(event.data.id);
    return new Response("ok");
  } catch {
    return new Response("invalid signature", { status: 400 });
  }
}
