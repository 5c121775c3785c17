// Written from docs/openapi.json. Do not edit: change the API and run `npm run generate -w @borga/node`.

export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Needs no key, may be read from every page and kept for an hour.
         */
        get: operations["retrieveOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys, newest first */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make a key
         * @description The answer is the only one that has the key's text.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api_keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a key */
        get: operations["retrieveApiKey"];
        put?: never;
        /** Change a key's name or origins, by POST */
        post: operations["updateApiKeyByPost"];
        /** Stop a key for good */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        /** Change a key's name or origins */
        patch: operations["updateApiKey"];
        trace?: never;
    };
    "/v1/api_keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a key a new text
         * @description The old text dies at this moment.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, newest first */
        get: operations["listCustomers"];
        put?: never;
        /** Make a customer */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a customer */
        get: operations["retrieveCustomer"];
        put?: never;
        /**
         * Change a customer, by POST
         * @description What is not named stays.
         */
        post: operations["updateCustomerByPost"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a customer
         * @description What is not named stays.
         */
        patch: operations["updateCustomer"];
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events, newest first */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an event */
        get: operations["retrieveEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchants/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The merchant that the key belongs to */
        get: operations["retrieveCurrentMerchant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment_methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved cards, newest first */
        get: operations["listPaymentMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment_methods/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a saved card */
        get: operations["retrievePaymentMethod"];
        put?: never;
        post?: never;
        /** Take a saved card from its customer, for good */
        delete: operations["detachPaymentMethod"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment_methods/{id}/set_default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a saved card its customer's default */
        post: operations["setDefaultPaymentMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment_sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payment sessions, newest first
         * @description Lists have no client secrets.
         */
        get: operations["listPaymentSessions"];
        put?: never;
        /**
         * Make a payment session
         * @description By a server with a secret key, or by a page with a publishable key from one of the key's allowed origins. The amount of a page's session was chosen in a browser: compare it before goods leave.
         */
        post: operations["createPaymentSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payment_sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment session
         * @description An embedded one with its `client_secret`, while it is open.
         */
        get: operations["retrievePaymentSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments, newest first */
        get: operations["listPayments"];
        put?: never;
        /**
         * Make a payment
         * @description Without `payment_method`, a record that payment sessions can collect later. With it, a charge of the saved card: the answer has its outcome, or is `processing` while there is none. A decline is no error: the payment is `failed` and `failure_code` says why.
         */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a payment */
        get: operations["retrievePayment"];
        put?: never;
        /**
         * Change what a payment says, by POST
         * @description The money stays as it is.
         */
        post: operations["updatePaymentByPost"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what a payment says
         * @description The money stays as it is.
         */
        patch: operations["updatePayment"];
        trace?: never;
    };
    "/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds, newest first */
        get: operations["listRefunds"];
        put?: never;
        /**
         * Give money back
         * @description Of a payment that was collected, in one piece or several. The answer is `pending`, or `failed` when the acquirer refused at once; whether it succeeded is known once the acquirer says so.
         */
        post: operations["createRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a refund */
        get: operations["retrieveRefund"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook_endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Endpoints, newest first */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Be told of events
         * @description The answer is the only one that has the signing secret.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook_endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint */
        get: operations["retrieveWebhookEndpoint"];
        put?: never;
        /** Change an endpoint, by POST */
        post: operations["updateWebhookEndpointByPost"];
        /** Be told no more */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /** Change an endpoint */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook_endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries, newest first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook_endpoints/{id}/deliveries/{delivery}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a delivery again now */
        post: operations["retryWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook_endpoints/{id}/rotate_secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an endpoint a new secret
         * @description For 24 hours the old secret signs along.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook_endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a sample event now
         * @description Of the type `webhook_endpoint.test`, signed like every other. The answer says what came of it.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Scheme, host and port of a page; one leading `*.` label stands for every subdomain. `http` only for this machine's own names, in test mode
         * @example https://shop.example
         * @example https://*.shop.example
         */
        AllowedOrigin: string;
        /**
         * Format: int64
         * @description A whole number in the currency's smallest unit: 1990 ISK is 1.990 kr., 1990 EUR is 19,90 €. Without quotes, decimal point or exponent
         * @example 1990
         */
        Amount: number;
        /** @description A key without its text. */
        ApiKey: {
            /** @description Where a publishable key may be used; empty for a secret key. */
            allowed_origins: string[];
            /** @description When it was made; rotating does not change it. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["KeyId"];
            /** @description The merchant's own name for it. */
            label: string | null;
            /** @description The last four characters of its text. */
            last4: string;
            /** @description Test or live. */
            mode: components["schemas"]["Mode"];
            /** @description For servers or for pages. */
            type: components["schemas"]["KeyType"];
        };
        /** @description What a key is made of. */
        ApiKeyCreate: {
            /** @description Where a publishable key may be used; nowhere when it is left out. Not for secret keys. */
            allowed_origins?: components["schemas"]["AllowedOrigin"][] | null;
            /** @description The merchant's own name for it. */
            label?: string | null;
            /** @description A test key makes only test keys. */
            mode: components["schemas"]["Mode"];
            /** @description `secret` for servers, `publishable` for pages. */
            type: components["schemas"]["KeyType"];
        };
        /** @description A page of a list */
        ApiKeyList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["ApiKey"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /** @description What is to be changed of a key; what is not named stays. */
        ApiKeyUpdate: {
            /** @description Where a publishable key may be used from now on. */
            allowed_origins?: components["schemas"]["AllowedOrigin"][] | null;
            /** @description The merchant's own name for it. */
            label?: string | null;
        };
        /** @description A key with its text */
        ApiKeyWithText: {
            /** @description Where a publishable key may be used; empty for a secret key. */
            allowed_origins: string[];
            /** @description When it was made; rotating does not change it. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["KeyId"];
            /** @description The whole text, which is shown this once */
            key: string;
            /** @description The merchant's own name for it. */
            label: string | null;
            /** @description The last four characters of its text. */
            last4: string;
            /** @description Test or live. */
            mode: components["schemas"]["Mode"];
            /** @description For servers or for pages. */
            type: components["schemas"]["KeyType"];
        };
        /** @description Where invoices go. */
        BillingAddress: {
            /** @description Town. */
            city: string | null;
            /** @description ISO 3166-1 alpha-2. */
            country: string | null;
            /** @description First line. */
            line1: string | null;
            /** @description Second line. */
            line2: string | null;
            /** @description Postal code. */
            postal_code: string | null;
        };
        /**
         * @description A currency we take, by its ISO 4217 code.
         * @enum {string}
         */
        Currency: "ISK" | "EUR" | "USD" | "GBP" | "DKK" | "NOK" | "SEK" | "CHF" | "PLN" | "JPY";
        /** @description A merchant's customer. */
        Customer: {
            billing_address: null | components["schemas"]["BillingAddress"];
            /** @description First line of the address. */
            billing_address_line1: string | null;
            /** @description Second line of the address. */
            billing_address_line2: string | null;
            /** @description Town. */
            billing_city: string | null;
            /** @description ISO 3166-1 alpha-2. */
            billing_country: string | null;
            /** @description Postal code. */
            billing_postal_code: string | null;
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            default_payment_method: null | components["schemas"]["ExpandablePaymentMethod"];
            /** @description Its e-mail address. Several customers may share one. */
            email: string;
            /** @description The merchant's own id of it. */
            external_id: string | null;
            /** @description Its id. */
            id: components["schemas"]["CustomerId"];
            /** @description Ten digits, of a person or a company. */
            kennitala: string | null;
            /** @description The merchant's own pairs. */
            metadata: components["schemas"]["Metadata"];
            /** @description Its name. */
            name: string | null;
            /** @description Its telephone number. */
            phone: string | null;
            /** @description Printed on invoices. */
            vat_number: string | null;
        };
        /** @description Where invoices go. */
        CustomerAddress: {
            /** @description Town. */
            city?: string | null;
            /**
             * @description ISO 3166-1 alpha-2, in any case.
             * @example IS
             */
            country?: string | null;
            /** @description First line. */
            line1?: string | null;
            /** @description Second line. */
            line2?: string | null;
            /** @description Postal code. */
            postal_code?: string | null;
        };
        /** @description What is known of a new customer. */
        CustomerCreate: {
            billing_address?: null | components["schemas"]["CustomerAddress"];
            /** @description First line of the address. */
            billing_address_line1?: string | null;
            /** @description Second line of the address. */
            billing_address_line2?: string | null;
            /** @description Town. */
            billing_city?: string | null;
            /**
             * @description ISO 3166-1 alpha-2, in any case.
             * @example IS
             */
            billing_country?: string | null;
            /** @description Postal code. */
            billing_postal_code?: string | null;
            /** @description Its e-mail address. Several customers may share one. */
            email: components["schemas"]["Email"];
            /** @description The merchant's own id of it. */
            external_id?: string | null;
            /**
             * @description Ten digits, of a person or a company. The check digit is not looked at.
             * @example 1212901899
             */
            kennitala?: string | null;
            metadata?: null | components["schemas"]["Metadata"];
            /** @description Its name. */
            name?: string | null;
            /** @description Its telephone number. */
            phone?: string | null;
            /** @description Printed on invoices. */
            vat_number?: string | null;
        };
        /**
         * @description An id that begins with `cus_`
         * @example cus_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        CustomerId: string;
        /** @description A page of a list */
        CustomerList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["Customer"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /** @description What is to be changed of a customer; what is not named stays. */
        CustomerUpdate: {
            billing_address?: null | components["schemas"]["CustomerAddress"];
            /** @description First line of the address. */
            billing_address_line1?: string | null;
            /** @description Second line of the address. */
            billing_address_line2?: string | null;
            /** @description Town. */
            billing_city?: string | null;
            /**
             * @description ISO 3166-1 alpha-2, in any case.
             * @example IS
             */
            billing_country?: string | null;
            /** @description Postal code. */
            billing_postal_code?: string | null;
            default_payment_method?: null | components["schemas"]["PaymentMethodId"];
            email?: null | components["schemas"]["Email"];
            /** @description The merchant's own id of it. */
            external_id?: string | null;
            /**
             * @description Ten digits, of a person or a company. The check digit is not looked at.
             * @example 1212901899
             */
            kennitala?: string | null;
            metadata?: null | components["schemas"]["Metadata"];
            /** @description Its name. */
            name?: string | null;
            /** @description Its telephone number. */
            phone?: string | null;
            /** @description Printed on invoices. */
            vat_number?: string | null;
        };
        /** @description What came of a try. */
        DeliveryAttempt: {
            /** @description When it began. */
            at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description How long it took.
             */
            duration_ms: number;
            /** @description Why it failed, if no answer came. */
            error: string | null;
            /**
             * Format: int32
             * @description What was answered, if anything was.
             */
            http_status: number | null;
            /** @description The beginning of the answer's body, 1 kB at most. */
            response_body: string | null;
        };
        /**
         * @description How a delivery stands.
         * @enum {string}
         */
        DeliveryStatus: "pending" | "succeeded" | "failed";
        /** @description The answer to detaching. */
        Detached: {
            /** @description Always true. */
            deleted: boolean;
            /** @description Always true; documents name the flag differently. */
            detached: boolean;
            /** @description Which one. */
            id: components["schemas"]["PaymentMethodId"];
        };
        /**
         * @description An e-mail address
         * @example payer@example.com
         */
        Email: string;
        /**
         * @description A method that a payer can be offered.
         * @enum {string}
         */
        EnabledMethod: "card" | "apple_pay" | "google_pay";
        /** @description The body of every error answer. */
        ErrorBody: {
            /** @description The error itself. */
            error: components["schemas"]["ErrorDetail"];
        };
        /**
         * @description What happened, by its stable name. More may be added; treat one that you do not know by its `type`.
         * @enum {string}
         */
        ErrorCode: "missing_api_key" | "invalid_api_key" | "invalid_client_secret" | "publishable_key_not_allowed" | "secret_key_in_browser" | "live_mode_not_enabled" | "insufficient_permissions" | "origin_not_allowed" | "missing_origin" | "missing_redirect_urls" | "redirect_url_not_allowed" | "invalid_json" | "unknown_parameter" | "missing_parameter" | "invalid_parameter" | "invalid_amount" | "unsupported_currency" | "bank_invoice_not_enabled" | "accounting_link_required" | "provider_no_bank_invoice" | "invalid_kennitala" | "kennitala_locked" | "customer_email_locked" | "invalid_idempotency_key" | "idempotency_key_reused" | "idempotency_key_in_use" | "resource_not_found" | "route_not_found" | "method_not_allowed" | "payload_too_large" | "unsupported_media_type" | "payment_not_refundable" | "refund_exceeds_capture" | "payment_method_not_usable" | "card_payment_session_failed" | "poll_disabled" | "session_not_found" | "session_not_open" | "session_expired" | "attempt_in_progress" | "too_many_attempts" | "too_late" | "challenge_not_found" | "challenge_moved" | "invalid_resume_token" | "invalid_card_data" | "invalid_signature" | "rate_limited" | "try_again" | "internal_error" | "card_declined" | "insufficient_funds" | "lost_card" | "stolen_card" | "expired_card" | "incorrect_cvc" | "incorrect_number" | "card_not_supported" | "velocity_exceeded" | "issuer_unavailable" | "processing_error" | "authentication_required" | "authentication_failed" | "authentication_rejected" | "authentication_unavailable" | "authentication_cancelled" | "challenge_abandoned" | "testmode_use_test_card" | "frame_refused" | "frame_timeout" | "wasm_failed" | "encryption_failed" | "network_error";
        /** @description What went wrong. */
        ErrorDetail: {
            /** @description What happened, by its stable name. */
            code: components["schemas"]["ErrorCode"];
            /**
             * Format: uri
             * @description Where it is documented.
             */
            doc_url: string;
            /** @description What happened and what to do, for developers. */
            message: string;
            /** @description The field of the request it is about. */
            param: string | null;
            /** @description Who has to act. */
            type: components["schemas"]["ErrorType"];
        };
        /**
         * @description The `type` of an error: who has to act.
         * @enum {string}
         */
        ErrorType: "invalid_request_error" | "authentication_error" | "permission_error" | "rate_limit_error" | "api_error" | "card_error";
        /** @description An event, as the merchant API shows it and as webhooks send it. */
        Event: {
            /** @description The version of the API that `data` is a resource of. */
            api_version: string;
            /** @description When. */
            created_at: components["schemas"]["Timestamp"];
            /** @description What a `GET` of the resource answered at that moment. */
            data: Record<string, never>;
            /** @description Its id, the same in every delivery. */
            id: components["schemas"]["EventId"];
            /** @description Test or live. */
            mode: components["schemas"]["Mode"];
            /** @description The fields that the event changed, as they were before; `null` when it made the resource. */
            previous_attributes: Record<string, never> | null;
            /** @description What happened. */
            type: string;
        };
        /**
         * @description An id that begins with `evt_`
         * @example evt_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        EventId: string;
        /** @description A page of a list */
        EventList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["Event"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /** @description An id, or with `expand[]` the whole thing in its place */
        ExpandableCustomer: components["schemas"]["CustomerId"] | components["schemas"]["Customer"];
        /** @description An id, or with `expand[]` the whole thing in its place */
        ExpandablePayment: components["schemas"]["PaymentId"] | components["schemas"]["Payment"];
        /** @description An id, or with `expand[]` the whole thing in its place */
        ExpandablePaymentMethod: components["schemas"]["PaymentMethodId"] | components["schemas"]["PaymentMethod"];
        /** @description An id, or with `expand[]` the whole thing in its place */
        ExpandablePaymentSession: components["schemas"]["SessionId"] | components["schemas"]["PaymentSession"];
        /**
         * @description An id that begins with `key_`
         * @example key_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        KeyId: string;
        /**
         * @description What a key may do at all.
         * @enum {string}
         */
        KeyType: "secret" | "publishable";
        /** @description The merchant that a key belongs to. */
        Merchant: {
            /** @description Domains that payers may be returned to, besides a session's own origin. */
            allowed_redirect_domains: string[];
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["MerchantId"];
            /** @description Whether it may take real money. */
            live_mode_enabled: boolean;
            /** @description Its name, as payers see it. */
            name: string;
        };
        /**
         * @description An id that begins with `mer_`
         * @example mer_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        MerchantId: string;
        /** @description The merchant's own pairs: at most 50, keys to 40 and values to 500 characters */
        Metadata: {
            [key: string]: string;
        };
        /**
         * @description Test and live data never meet: the mode is part of every key, query and index.
         * @enum {string}
         */
        Mode: "test" | "live";
        /**
         * @description Scheme, host and port of a page, as its browser sends them in `Origin`. `http` only for this machine's own names, in test mode
         * @example https://shop.example
         */
        PageOrigin: string;
        /** @description What may be known of a card: never more than brand and last four digits (PCI DSS 3.4.1). */
        PaidCard: {
            /** @description The acquirer's name of the brand. */
            brand: string | null;
            /** @description The last four digits. */
            last4: string | null;
        };
        /** @description One amount to collect once. */
        Payment: {
            /** @description In the currency's smallest unit. */
            amount: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description How much of it was given back, in the currency's smallest unit.
             */
            amount_refunded: number;
            card: null | components["schemas"]["PaidCard"];
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description ISO 4217. */
            currency: components["schemas"]["Currency"];
            customer: null | components["schemas"]["ExpandableCustomer"];
            /** @description What the payer's invoice says. */
            description: string | null;
            /** @description The merchant's own reference. */
            external_reference: string | null;
            failure_code: null | components["schemas"]["ErrorCode"];
            /** @description Its id. */
            id: components["schemas"]["PaymentId"];
            /** @description The merchant's own pairs. */
            metadata: components["schemas"]["Metadata"];
            payment_method: null | components["schemas"]["ExpandablePaymentMethod"];
            session: null | components["schemas"]["ExpandablePaymentSession"];
            /** @description Where it stands. */
            status: components["schemas"]["PaymentStatus"];
        };
        /** @description What a payment is made of. */
        PaymentCreate: {
            amount: components["schemas"]["Amount"];
            currency?: null | components["schemas"]["Currency"];
            customer?: null | components["schemas"]["CustomerId"];
            /** @description What the payer's invoice says. */
            description?: string | null;
            /** @description The merchant's own reference; payments can be listed by it. */
            external_reference?: string | null;
            metadata?: null | components["schemas"]["Metadata"];
            payment_method?: null | components["schemas"]["PaymentMethodId"];
        };
        /**
         * @description An id that begins with `pay_`
         * @example pay_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        PaymentId: string;
        /** @description A page of a list */
        PaymentList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["Payment"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /** @description A card that a customer let the merchant keep. */
        PaymentMethod: {
            /** @description What may be known of the card. */
            card: components["schemas"]["SavedCardFacts"];
            /** @description When it was saved. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Whose it is. */
            customer: components["schemas"]["ExpandableCustomer"];
            /** @description Its id. */
            id: components["schemas"]["PaymentMethodId"];
            /** @description Always a card for now. */
            type: components["schemas"]["PaymentMethodType"];
        };
        /**
         * @description An id that begins with `pm_`
         * @example pm_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        PaymentMethodId: string;
        /** @description A page of a list */
        PaymentMethodList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["PaymentMethod"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /**
         * @description What kind of payment method it is.
         * @enum {string}
         */
        PaymentMethodType: "card";
        /** @description One checkout of one payment. */
        PaymentSession: {
            /** @description In the currency's smallest unit. */
            amount: components["schemas"]["Amount"];
            /** @description Where the payer is returned to after cancelling. */
            cancel_url: string | null;
            /** @description What the payer's page needs, while the session is open; never for publishable keys that read. */
            client_secret: string | null;
            /** @description Whether the payer is asked for an e-mail address when `customer_email` is `null`. */
            collect_email: boolean;
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description ISO 4217. */
            currency: components["schemas"]["Currency"];
            customer: null | components["schemas"]["ExpandableCustomer"];
            /** @description The payer's e-mail address, locked in the form. */
            customer_email: string | null;
            /** @description The payer's kennitala, locked on the hosted page. */
            customer_kennitala: string | null;
            /** @description The methods the payer is offered. */
            enabled_methods: string[];
            /** @description After which it can no longer be paid. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description The merchant's own reference. */
            external_reference: string | null;
            /** @description Its id. */
            id: components["schemas"]["SessionId"];
            /** @description The language of the checkout, if it was fixed. */
            locale: string | null;
            /** @description The merchant's own pairs. */
            metadata: components["schemas"]["Metadata"];
            /** @description Hosted or embedded. */
            mode: components["schemas"]["SessionMode"];
            /** @description The origin of the page that shows it; `null` for hosted sessions. */
            origin: string | null;
            /** @description The payment it collects. */
            payment: components["schemas"]["ExpandablePayment"];
            /** @description Whether a saved card is charged only with its security code, typed anew. */
            require_cvc_recollection: boolean;
            /** @description Where the payer is returned to after a redirect. */
            return_url: string | null;
            /** @description Whether the payer is asked to let the merchant keep the card. */
            save_payment_method: boolean;
            /** @description Where it stands. */
            status: components["schemas"]["SessionStatus"];
            /**
             * Format: uri
             * @description The hosted page; `null` for embedded sessions.
             */
            url: string | null;
        };
        /** @description What a payment session is made of. */
        PaymentSessionCreate: {
            amount?: null | components["schemas"]["Amount"];
            /**
             * Format: uri
             * @description Where the payer goes after giving up; on the same hosts.
             * @example https://shop.example/cart
             */
            cancel_url?: string | null;
            /** @description Asks the payer for an e-mail address, unless `customer_email` gives one. It goes to the acquirer with the payment. */
            collect_email?: boolean | null;
            currency?: null | components["schemas"]["Currency"];
            customer?: null | components["schemas"]["CustomerId"];
            customer_email?: null | components["schemas"]["Email"];
            /**
             * @description The payer's kennitala, which the payer cannot change.
             * @example 1212901899
             */
            customer_kennitala?: string | null;
            /** @description What the payer's invoice says. */
            description?: string | null;
            /**
             * @description The methods that a hosted page offers; cards and wallets when it is left out. Embedded sessions offer cards.
             *     `bank_invoice` (also `krafa`) is refused until the merchant has enabled it.
             */
            enabled_methods?: components["schemas"]["EnabledMethod"][] | null;
            /** @description The merchant's own reference, also of the payment. */
            external_reference?: string | null;
            /**
             * @description The language, as a BCP 47 tag; the payer's browser decides when it is left out. Other languages than Icelandic
             *     are shown English.
             * @example is
             */
            locale?: string | null;
            metadata?: null | components["schemas"]["Metadata"];
            mode?: null | components["schemas"]["SessionMode"];
            origin?: null | components["schemas"]["PageOrigin"];
            payment?: null | components["schemas"]["PaymentId"];
            /**
             * @description Asks for the security code of a saved card that the payer chooses; the card is not charged without it. Only with a
             *     secret key.
             */
            require_cvc_recollection?: boolean | null;
            /**
             * Format: uri
             * @description Where the payer goes afterwards, with the session in its query. Needed for hosted sessions. On the session's own
             *     origin or one of the merchant's allowed redirect domains.
             * @example https://shop.example/thanks
             */
            return_url?: string | null;
            /** @description Asks the payer to let the merchant keep the card, which needs a customer. Only with a secret key. */
            save_payment_method?: boolean | null;
        };
        /** @description A page of a list */
        PaymentSessionList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["PaymentSession"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /**
         * @description Where a payment stands.
         * @enum {string}
         */
        PaymentStatus: "created" | "processing" | "succeeded" | "failed" | "refunded" | "partially_refunded";
        /** @description What is to be changed of a payment; what is not named stays. */
        PaymentUpdate: {
            /** @description What the payer's invoice says. */
            description?: string | null;
            /** @description The merchant's own reference; payments can be listed by it. */
            external_reference?: string | null;
            metadata?: null | components["schemas"]["Metadata"];
        };
        /** @description Money given back of one payment. */
        Refund: {
            /** @description In the currency's smallest unit. */
            amount: components["schemas"]["Amount"];
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description ISO 4217; the payment's. */
            currency: components["schemas"]["Currency"];
            /** @description Why it failed, in the acquirer's words, while it is `failed`. */
            failure_reason: string | null;
            /** @description Its id. */
            id: components["schemas"]["RefundId"];
            /** @description The merchant's own pairs. */
            metadata: components["schemas"]["Metadata"];
            /** @description The payment that it gives back. */
            payment: components["schemas"]["ExpandablePayment"];
            /** @description The merchant's own words. */
            reason: string | null;
            /** @description Where it stands. */
            status: components["schemas"]["RefundStatus"];
        };
        /** @description What is to be given back. */
        RefundCreate: {
            amount?: null | components["schemas"]["Amount"];
            metadata?: null | components["schemas"]["Metadata"];
            payment: components["schemas"]["PaymentId"];
            /** @description The merchant's own words. */
            reason?: string | null;
        };
        /**
         * @description An id that begins with `ref_`
         * @example ref_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        RefundId: string;
        /** @description A page of a list */
        RefundList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["Refund"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /**
         * @description Where a refund stands.
         * @enum {string}
         */
        RefundStatus: "pending" | "succeeded" | "failed";
        /** @description What may be known of a saved card (PCI DSS 3.4.1: never more than brand, last four digits and expiry here). */
        SavedCardFacts: {
            /** @description The acquirer's name of the brand. */
            brand: string | null;
            /**
             * Format: int32
             * @description Its last month, 1 to 12.
             */
            exp_month: number | null;
            /**
             * Format: int32
             * @description The year of its last month.
             */
            exp_year: number | null;
            /** @description The last four digits. */
            last4: string | null;
        };
        /**
         * @description An id that begins with `ps_`
         * @example ps_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        SessionId: string;
        /**
         * @description How the checkout is shown.
         * @enum {string}
         */
        SessionMode: "hosted" | "embedded";
        /**
         * @description Where a session stands. A decline leaves it open; there is no cancelled state.
         * @enum {string}
         */
        SessionStatus: "open" | "complete" | "expired";
        /**
         * @description Which signature stands in `Borga-Signature`; the other one is sent beside it under a name of its own.
         * @enum {string}
         */
        SignatureFormat: "v1" | "hex";
        /**
         * Format: date-time
         * @description ISO 8601 in UTC, to the second
         * @example 2026-05-15T12:00:00Z
         */
        Timestamp: string;
        /** @description One event on its way to one endpoint. */
        WebhookDelivery: {
            /**
             * Format: int32
             * @description Tries whose end is known.
             */
            attempts: number;
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Where it goes. */
            endpoint: components["schemas"]["WebhookEndpointId"];
            /** @description What it tells. */
            event: components["schemas"]["EventId"];
            /** @description The event's type. */
            event_type: string;
            /** @description Its id. */
            id: components["schemas"]["WebhookDeliveryId"];
            last_attempt: null | components["schemas"]["DeliveryAttempt"];
            next_attempt_at: null | components["schemas"]["Timestamp"];
            /** @description How it stands. */
            status: components["schemas"]["DeliveryStatus"];
        };
        /**
         * @description An id that begins with `whd_`
         * @example whd_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        WebhookDeliveryId: string;
        /** @description A page of a list */
        WebhookDeliveryList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["WebhookDelivery"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /** @description Where a merchant is told of events. */
        WebhookEndpoint: {
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description The merchant's own words. */
            description: string | null;
            /** @description Why we disabled it; enabling it again takes this away. */
            disabled_reason: string | null;
            /** @description Whether it is told of events. */
            enabled: boolean;
            /** @description The types it is told of; `*` stands for all. */
            enabled_events: string[];
            /** @description The same under its other name. */
            events: string[];
            /** @description Its id. */
            id: components["schemas"]["WebhookEndpointId"];
            /** @description Which signature stands in `Borga-Signature`. */
            signature_format: components["schemas"]["SignatureFormat"];
            /**
             * Format: uri
             * @description Where events are sent.
             */
            url: string;
        };
        /** @description Where events are to be sent. */
        WebhookEndpointCreate: {
            /** @description The merchant's own words. */
            description?: string | null;
            /** @description Whether it is told of events; `true` when it is left out. */
            enabled?: boolean | null;
            /** @description Event types, or `*` for all. Needed, here or as `events`. */
            enabled_events?: string[] | null;
            /** @description The other name of `enabled_events`; with it, `signature_format` is `hex` unless it is named. */
            events?: string[] | null;
            signature_format?: null | components["schemas"]["SignatureFormat"];
            /**
             * Format: uri
             * @description On the internet, by https on port 443 or 8443.
             */
            url: string;
        };
        /**
         * @description An id that begins with `we_`
         * @example we_01hx9z3k2mfq7nbvd4cw8ej5rt
         */
        WebhookEndpointId: string;
        /** @description A page of a list */
        WebhookEndpointList: {
            /** @description What is on the page, newest first */
            data: components["schemas"]["WebhookEndpoint"][];
            /** @description Whether there is more in the direction that was asked for */
            has_more: boolean;
        };
        /** @description What is to be changed of an endpoint; what is not named stays. */
        WebhookEndpointUpdate: {
            /** @description The merchant's own words. */
            description?: string | null;
            /** @description Whether it is told of events. */
            enabled?: boolean | null;
            /** @description Event types, or `*` for all. */
            enabled_events?: string[] | null;
            /** @description The other name of `enabled_events`. */
            events?: string[] | null;
            signature_format?: null | components["schemas"]["SignatureFormat"];
            /**
             * Format: uri
             * @description On the internet, by https on port 443 or 8443.
             */
            url?: string | null;
        };
        /** @description An endpoint with its secret */
        WebhookEndpointWithSecret: {
            /** @description When it was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description The merchant's own words. */
            description: string | null;
            /** @description Why we disabled it; enabling it again takes this away. */
            disabled_reason: string | null;
            /** @description Whether it is told of events. */
            enabled: boolean;
            /** @description The types it is told of; `*` stands for all. */
            enabled_events: string[];
            /** @description The same under its other name. */
            events: string[];
            /** @description Its id. */
            id: components["schemas"]["WebhookEndpointId"];
            /** @description What signs, which is shown this once */
            secret: string;
            /** @description Which signature stands in `Borga-Signature`. */
            signature_format: components["schemas"]["SignatureFormat"];
            /** @description What signs, which is shown this once */
            signing_secret: string;
            /**
             * Format: uri
             * @description Where events are sent.
             */
            url: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    retrieveOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The OpenAPI 3.1 document of the merchant API */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["KeyId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["KeyId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyCreate"];
            };
        };
        responses: {
            /** @description The key with its text */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithText"];
                };
            };
        };
    };
    retrieveApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
        };
    };
    updateApiKeyByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It no longer opens anything */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["KeyId"];
            };
            cookie?: never;
        };
        /** @description None, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The key with its new text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithText"];
                };
            };
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("default_payment_method" | "default_payment_method.customer" | "default_payment_method.customer.default_payment_method" | "default_payment_method.customer.default_payment_method.customer")[];
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["CustomerId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["CustomerId"];
                /** @description With this e-mail address */
                email?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerCreate"];
            };
        };
        responses: {
            /** @description The customer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    retrieveCustomer: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("default_payment_method" | "default_payment_method.customer" | "default_payment_method.customer.default_payment_method" | "default_payment_method.customer.default_payment_method.customer")[];
            };
            header?: never;
            path: {
                id: components["schemas"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    updateCustomerByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    updateCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["EventId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["EventId"];
                /** @description Of this type, such as `payment.succeeded` */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    retrieveEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
        };
    };
    retrieveCurrentMerchant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The merchant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
        };
    };
    listPaymentMethods: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("customer" | "customer.default_payment_method" | "customer.default_payment_method.customer" | "customer.default_payment_method.customer.default_payment_method")[];
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["PaymentMethodId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["PaymentMethodId"];
                /** @description Of this customer */
                customer?: components["schemas"]["CustomerId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentMethodList"];
                };
            };
        };
    };
    retrievePaymentMethod: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("customer" | "customer.default_payment_method" | "customer.default_payment_method.customer" | "customer.default_payment_method.customer.default_payment_method")[];
            };
            header?: never;
            path: {
                id: components["schemas"]["PaymentMethodId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentMethod"];
                };
            };
        };
    };
    detachPaymentMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PaymentMethodId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can no longer be charged */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detached"];
                };
            };
        };
    };
    setDefaultPaymentMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PaymentMethodId"];
            };
            cookie?: never;
        };
        /** @description None, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The saved card */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentMethod"];
                };
            };
        };
    };
    listPaymentSessions: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("customer" | "customer.default_payment_method" | "customer.default_payment_method.customer" | "customer.default_payment_method.customer.default_payment_method" | "payment" | "payment.customer" | "payment.customer.default_payment_method" | "payment.customer.default_payment_method.customer" | "payment.payment_method" | "payment.payment_method.customer" | "payment.payment_method.customer.default_payment_method" | "payment.session" | "payment.session.customer" | "payment.session.customer.default_payment_method" | "payment.session.payment" | "payment.session.payment.customer" | "payment.session.payment.payment_method" | "payment.session.payment.session")[];
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["SessionId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["SessionId"];
                /** @description Of this payment */
                payment?: components["schemas"]["PaymentId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentSessionList"];
                };
            };
        };
    };
    createPaymentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentSessionCreate"];
            };
        };
        responses: {
            /** @description The session, an embedded one with its `client_secret` */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentSession"];
                };
            };
        };
    };
    retrievePaymentSession: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("customer" | "customer.default_payment_method" | "customer.default_payment_method.customer" | "customer.default_payment_method.customer.default_payment_method" | "payment" | "payment.customer" | "payment.customer.default_payment_method" | "payment.customer.default_payment_method.customer" | "payment.payment_method" | "payment.payment_method.customer" | "payment.payment_method.customer.default_payment_method" | "payment.session" | "payment.session.customer" | "payment.session.customer.default_payment_method" | "payment.session.payment" | "payment.session.payment.customer" | "payment.session.payment.payment_method" | "payment.session.payment.session")[];
            };
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentSession"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("customer" | "customer.default_payment_method" | "customer.default_payment_method.customer" | "customer.default_payment_method.customer.default_payment_method" | "payment_method" | "payment_method.customer" | "payment_method.customer.default_payment_method" | "payment_method.customer.default_payment_method.customer" | "session" | "session.customer" | "session.customer.default_payment_method" | "session.customer.default_payment_method.customer" | "session.payment" | "session.payment.customer" | "session.payment.customer.default_payment_method" | "session.payment.payment_method" | "session.payment.payment_method.customer" | "session.payment.session" | "session.payment.session.customer" | "session.payment.session.payment")[];
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["PaymentId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["PaymentId"];
                /** @description Of this customer */
                customer?: components["schemas"]["CustomerId"];
                /** @description With this reference of the merchant's own */
                external_reference?: string;
                /** @description That stand there; `pending` is another name of `created` */
                status?: "created" | "processing" | "succeeded" | "failed" | "refunded" | "partially_refunded" | "pending";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentCreate"];
            };
        };
        responses: {
            /** @description The payment */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
        };
    };
    retrievePayment: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("customer" | "customer.default_payment_method" | "customer.default_payment_method.customer" | "customer.default_payment_method.customer.default_payment_method" | "payment_method" | "payment_method.customer" | "payment_method.customer.default_payment_method" | "payment_method.customer.default_payment_method.customer" | "session" | "session.customer" | "session.customer.default_payment_method" | "session.customer.default_payment_method.customer" | "session.payment" | "session.payment.customer" | "session.payment.customer.default_payment_method" | "session.payment.payment_method" | "session.payment.payment_method.customer" | "session.payment.session" | "session.payment.session.customer" | "session.payment.session.payment")[];
            };
            header?: never;
            path: {
                id: components["schemas"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
        };
    };
    updatePaymentByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
        };
    };
    updatePayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("payment" | "payment.customer" | "payment.customer.default_payment_method" | "payment.customer.default_payment_method.customer" | "payment.payment_method" | "payment.payment_method.customer" | "payment.payment_method.customer.default_payment_method" | "payment.session" | "payment.session.customer" | "payment.session.customer.default_payment_method" | "payment.session.payment" | "payment.session.payment.customer" | "payment.session.payment.payment_method" | "payment.session.payment.session")[];
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["RefundId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["RefundId"];
                /** @description Of this payment */
                payment?: components["schemas"]["PaymentId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
        };
    };
    createRefund: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundCreate"];
            };
        };
        responses: {
            /** @description The refund */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
        };
    };
    retrieveRefund: {
        parameters: {
            query?: {
                /** @description Fields whose id becomes the whole thing it names; in a list, in each entry */
                "expand[]"?: ("payment" | "payment.customer" | "payment.customer.default_payment_method" | "payment.customer.default_payment_method.customer" | "payment.payment_method" | "payment.payment_method.customer" | "payment.payment_method.customer.default_payment_method" | "payment.session" | "payment.session.customer" | "payment.session.customer.default_payment_method" | "payment.session.payment" | "payment.session.payment.customer" | "payment.session.payment.payment_method" | "payment.session.payment.session")[];
            };
            header?: never;
            path: {
                id: components["schemas"]["RefundId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["WebhookEndpointId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["WebhookEndpointId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointCreate"];
            };
        };
        responses: {
            /** @description The endpoint with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
        };
    };
    retrieveWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    updateWebhookEndpointByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, with what it was not told yet */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointUpdate"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Entries on the page at most */
                limit?: number;
                /** @description The last entry of the page before this one: what is older than it. Not beside `ending_before` */
                starting_after?: components["schemas"]["WebhookDeliveryId"];
                /** @description The first entry of the page after this one: what is newer than it. Not beside `starting_after` */
                ending_before?: components["schemas"]["WebhookDeliveryId"];
                /** @description `pending`, `succeeded` or `failed` */
                status?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
        };
    };
    retryWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
                delivery: components["schemas"]["WebhookDeliveryId"];
            };
            cookie?: never;
        };
        /** @description None, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The delivery, about to be tried */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        /** @description None, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint with its new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookEndpointId"];
            };
            cookie?: never;
        };
        /** @description None, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAttempt"];
                };
            };
        };
    };
}
