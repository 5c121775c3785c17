import { type Environment, MACHINE } from "./environment.js";
import { type BorgaOptions, settingsOf } from "./options.js";
import { Requester } from "./requester.js";
import { ApiKeys } from "./resources/api-keys.js";
import { Customers } from "./resources/customers.js";
import { Events } from "./resources/events.js";
import { Merchants } from "./resources/merchants.js";
import { PaymentMethods } from "./resources/payment-methods.js";
import { PaymentSessions } from "./resources/payment-sessions.js";
import { Payments } from "./resources/payments.js";
import { Refunds } from "./resources/refunds.js";
import { WebhookEndpoints } from "./resources/webhook-endpoints.js";

/** Borga's API with one secret key. Bodies and answers are those of the API, in snake_case. */
export class Borga {
  readonly apiKeys: ApiKeys;
  readonly customers: Customers;
  readonly events: Events;
  readonly merchants: Merchants;
  readonly paymentMethods: PaymentMethods;
  readonly paymentSessions: PaymentSessions;
  readonly payments: Payments;
  readonly refunds: Refunds;
  readonly webhookEndpoints: WebhookEndpoints;

  /** Throws a `TypeError` that names the option that cannot be. The environment is for tests. */
  constructor(options: BorgaOptions, environment: Partial<Environment> = {}) {
    const requester = new Requester(settingsOf(options), { ...MACHINE, ...environment });
    this.apiKeys = new ApiKeys(requester);
    this.customers = new Customers(requester);
    this.events = new Events(requester);
    this.merchants = new Merchants(requester);
    this.paymentMethods = new PaymentMethods(requester);
    this.paymentSessions = new PaymentSessions(requester);
    this.payments = new Payments(requester);
    this.refunds = new Refunds(requester);
    this.webhookEndpoints = new WebhookEndpoints(requester);
  }
}
