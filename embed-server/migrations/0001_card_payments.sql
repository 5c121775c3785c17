-- One text for both databases: ids and JSON are TEXT, times are milliseconds since 1970 in BIGINT, flags are 0 or 1.
-- Every row of a merchant carries the merchant and the mode, and its primary key begins with them.

CREATE TABLE merchants (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    live_enabled BIGINT NOT NULL,
    redirect_domains TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE TABLE api_keys (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    key_type TEXT NOT NULL,
    label TEXT,
    public_part TEXT NOT NULL UNIQUE,
    -- bcrypt of a secret key; the whole text of a publishable one
    proof TEXT NOT NULL,
    last_four TEXT NOT NULL,
    allowed_origins TEXT NOT NULL,
    revoked_at_ms BIGINT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE TABLE customers (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    -- name, phone, kennitala, external id, VAT number and billing address
    details TEXT NOT NULL,
    metadata TEXT NOT NULL,
    default_payment_method_id TEXT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX customers_by_email ON customers (merchant_id, mode, email, id);

CREATE TABLE payment_methods (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    -- the acquirer's name of the stored card; worth nothing without our key at the acquirer
    acquirer_token TEXT NOT NULL,
    card TEXT NOT NULL,
    detached_at_ms BIGINT,
    -- whether the acquirer has forgotten a detached card
    forgotten BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

-- The same card saved twice is one payment method.
CREATE UNIQUE INDEX payment_methods_by_token ON payment_methods (customer_id, acquirer_token)
    WHERE detached_at_ms IS NULL;
CREATE INDEX payment_methods_by_customer ON payment_methods (merchant_id, mode, customer_id, id);
CREATE INDEX payment_methods_to_forget ON payment_methods (detached_at_ms) WHERE forgotten = 0;

CREATE TABLE payments (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    minor_units BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    -- the saved card that it was charged to without a session
    payment_method_id TEXT,
    -- the newest session that collects it
    session_id TEXT,
    description TEXT,
    external_reference TEXT,
    metadata TEXT NOT NULL,
    failure_code TEXT,
    card_brand TEXT,
    card_last4 TEXT,
    minor_units_refunded BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX payments_by_reference ON payments (merchant_id, mode, external_reference, id);
CREATE INDEX payments_by_customer ON payments (merchant_id, mode, customer_id, id);
CREATE INDEX payments_by_status ON payments (merchant_id, mode, status, id);

CREATE TABLE payment_sessions (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id),
    -- 'hosted' or 'embedded'
    shown TEXT NOT NULL,
    status TEXT NOT NULL,
    -- the page that shows an embedded session
    origin TEXT,
    return_url TEXT,
    cancel_url TEXT,
    locale TEXT,
    customer_id TEXT REFERENCES customers (id),
    customer_email TEXT,
    customer_kennitala TEXT,
    save_payment_method BIGINT NOT NULL,
    enabled_methods TEXT NOT NULL,
    external_reference TEXT,
    metadata TEXT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX payment_sessions_by_payment ON payment_sessions (payment_id);
CREATE INDEX payment_sessions_by_expiry ON payment_sessions (expires_at_ms) WHERE status = 'open';

CREATE TABLE attempts (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id),
    -- none for a charge without the payer
    session_id TEXT REFERENCES payment_sessions (id),
    -- the frame's id of the press; worth something in its session only
    client_attempt TEXT,
    -- the saved card that is charged, if it is not a typed one
    payment_method_id TEXT REFERENCES payment_methods (id),
    -- whether the payer let the merchant keep the typed card
    save_card BIGINT NOT NULL,
    state TEXT NOT NULL,
    minor_units BIGINT NOT NULL,
    currency TEXT NOT NULL,
    challenge_id TEXT NOT NULL,
    acquirer_reference TEXT,
    decline_code TEXT,
    -- what the challenge returned, stored before it is sent on, so that a crash can send it again
    challenge_result TEXT,
    changed_at_ms BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE UNIQUE INDEX attempts_by_press ON attempts (session_id, client_attempt);
-- Nobody is charged twice: at most one attempt on a payment may still charge.
CREATE UNIQUE INDEX attempts_one_live_per_payment ON attempts (payment_id)
    WHERE state IN ('calling', 'action_required', 'unknown');
CREATE INDEX attempts_by_payment ON attempts (payment_id, state);
CREATE INDEX attempts_by_state ON attempts (state, changed_at_ms)
    WHERE state IN ('calling', 'action_required', 'unknown');

CREATE TABLE challenges (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES payment_sessions (id),
    attempt_id TEXT NOT NULL REFERENCES attempts (id),
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    fields TEXT NOT NULL,
    surface TEXT,
    nonce TEXT,
    page_url TEXT,
    opened_at_ms BIGINT,
    expires_at_ms BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX challenges_by_attempt ON challenges (attempt_id);
CREATE INDEX challenges_by_session ON challenges (session_id);

CREATE TABLE refunds (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id),
    minor_units BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    failure_reason TEXT,
    metadata TEXT NOT NULL,
    -- the acquirer's reference of the charge that is given back
    charge_reference TEXT NOT NULL,
    -- the acquirer's reference of the refund, once it took it
    acquirer_reference TEXT,
    changed_at_ms BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX refunds_by_payment ON refunds (merchant_id, mode, payment_id, id);
CREATE INDEX refunds_to_send ON refunds (changed_at_ms)
    WHERE status = 'pending' AND acquirer_reference IS NULL;

CREATE TABLE events (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE TABLE idempotency_keys (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    -- 'secret', or a publishable key with its origin
    credential TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status BIGINT NOT NULL,
    -- sealed: an answer may carry a secret that is shown once
    body TEXT NOT NULL,
    -- while a call to the acquirer decides the answer: until when the first request may still be at it
    running_until_ms BIGINT,
    -- what that request reserved; its present state is the answer when the request died
    reserved TEXT,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, credential, idempotency_key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at_ms);

-- What the acquirer told us, once each. Not a merchant's rows: they arrive before we know whose they are.
CREATE TABLE acquirer_notifications (
    acquirer_reference TEXT NOT NULL,
    event_code TEXT NOT NULL,
    success BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (acquirer_reference, event_code, success)
);

-- How much of each allowance is used, where every process must count the same: the moment (microseconds since 1970)
-- at which the bucket would be empty again.
CREATE TABLE rate_limits (
    bucket TEXT NOT NULL PRIMARY KEY,
    empty_at_us BIGINT NOT NULL
);
