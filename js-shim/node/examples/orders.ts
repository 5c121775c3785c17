import { Borga, type WebhookEvent } from "@borga/node";
import { database } from "./database.js";

const borga = new Borga({ apiKey: process.env.BORGA_SECRET_KEY! });

/** What a proven event means for the shop. It may come twice, late, and in any order. */
export async function handle(event: WebhookEvent): Promise<void> {
  switch (event.type) {
    case "payment.succeeded": {
      // The event says that something happened; the API says what is true now.
      const payment = await borga.payments.retrieve(event.data.id);
      const order = await database.order(payment.external_reference);
      if (!order || payment.status !== "succeeded") return;
      if (payment.amount !== order.amount || payment.currency !== order.currency) return;
      // Delivers unless it was delivered before, in one step.
      await database.deliverOnce(order.id);
      return;
    }
    case "payment.failed":
      // The payer may try again, and succeed: nothing to do.
      return;
    default:
      // There will be events that this code does not know.
      return;
  }
}
