import express from "express";
import { verifyWebhookSignature, type WebhookEvent } from "@borga/node";
import { handle } from "./orders.js";

export const app = express();

// Before `express.json()`: the signature is of the bytes as they arrive.
app.post("/borga/webhook", express.raw({ type: "*/*" }), async (req, res) => {
  let event: WebhookEvent;
  try {
    event = verifyWebhookSignature({
      body: req.body,
      signature: req.header("Borga-Signature"),
      secret: process.env.BORGA_WEBHOOK_SECRET!,
    });
  } catch {
    res.sendStatus(400);
    return;
  }
  // When this throws, Express answers with an error, and Borga sends the event again.
  await handle(event);
  res.sendStatus(200);
});
app.use(express.json());
