/** The guide's webhook with Express, as it is written there. What the cases do is for the test to see. */

import express from "express";
import { verifyWebhookSignature } from "@borga/node";

export const handled: string[] = [];

const app = express();

app.post(
  "/borga/webhook",
  express.raw({ type: "*/*" }),
  (req, res) => {
    try {
      const event = verifyWebhookSignature({
        body: req.body,
        signature: req.header("Borga-Signature"),
        secret: process.env.BORGA_WEBHOOK_SECRET!,
      }) as { type: string; data: any };

      switch (event.type) {
        case "payment.succeeded":
          handled.push(event.data.id);
          // fulfill the order
          break;
        case "invoice.paid":
          // bank-invoice or subscription invoice cleared
          break;
        case "subscription.updated":
          // sync plan changes
          break;
      }

      res.sendStatus(200);
    } catch (err) {
      res.sendStatus(400);
    }
  },
);

export { app };
