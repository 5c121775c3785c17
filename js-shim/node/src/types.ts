import type { components, operations } from "./generated/api.js";

type Schemas = components["schemas"];

/** The parameters in an operation's URL; `expand` for what is written `expand[]` there. */
export type QueryOf<Operation extends keyof operations> = operations[Operation]["parameters"] extends { query?: infer Q }
  ? { [Name in keyof NonNullable<Q> as Name extends "expand[]" ? "expand" : Name]?: NonNullable<Q>[Name] | undefined }
  : never;

export type ApiKey = Schemas["ApiKey"];
export type ApiKeyWithText = Schemas["ApiKeyWithText"];
export type ApiKeyCreateParams = Schemas["ApiKeyCreate"];
export type ApiKeyUpdateParams = Schemas["ApiKeyUpdate"];
export type ApiKeyListParams = QueryOf<"listApiKeys">;

export type Customer = Schemas["Customer"];
export type CustomerCreateParams = Schemas["CustomerCreate"];
export type CustomerUpdateParams = Schemas["CustomerUpdate"];
export type CustomerListParams = QueryOf<"listCustomers">;
export type CustomerRetrieveParams = QueryOf<"retrieveCustomer">;

export type Merchant = Schemas["Merchant"];

export type Payment = Schemas["Payment"];
export type PaymentStatus = Schemas["PaymentStatus"];
export type PaymentCreateParams = Schemas["PaymentCreate"];
export type PaymentUpdateParams = Schemas["PaymentUpdate"];
export type PaymentListParams = QueryOf<"listPayments">;
export type PaymentRetrieveParams = QueryOf<"retrievePayment">;

export type PaymentMethod = Schemas["PaymentMethod"];
export type DetachedPaymentMethod = Schemas["Detached"];
export type PaymentMethodListParams = QueryOf<"listPaymentMethods">;
export type PaymentMethodRetrieveParams = QueryOf<"retrievePaymentMethod">;

export type PaymentSession = Schemas["PaymentSession"];
export type PaymentSessionCreateParams = Schemas["PaymentSessionCreate"];
export type PaymentSessionListParams = QueryOf<"listPaymentSessions">;
export type PaymentSessionRetrieveParams = QueryOf<"retrievePaymentSession">;

export type Refund = Schemas["Refund"];
export type RefundStatus = Schemas["RefundStatus"];
export type RefundCreateParams = Schemas["RefundCreate"];
export type RefundListParams = QueryOf<"listRefunds">;
export type RefundRetrieveParams = QueryOf<"retrieveRefund">;

/** Every documented code. Errors may have others that are newer. */
export type ErrorCode = Schemas["ErrorCode"];
