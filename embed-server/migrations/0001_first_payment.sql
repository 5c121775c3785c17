-- One text for both databases: ids and JSON are TEXT, times are milliseconds since 1970 in BIGINT.

CREATE TABLE merchants (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    live_enabled BIGINT NOT NULL,
    redirect_domains TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE TABLE api_keys (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    id TEXT NOT NULL,
    mode TEXT NOT NULL,
    key_type TEXT NOT NULL,
    public_part TEXT NOT NULL UNIQUE,
    -- bcrypt of a secret key; the whole text of a publishable one
    proof TEXT NOT NULL,
    last_four TEXT NOT NULL,
    allowed_origins TEXT NOT NULL,
    revoked_at_ms BIGINT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);

CREATE TABLE payments (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    minor_units BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    customer TEXT,
    description TEXT,
    external_reference TEXT,
    metadata TEXT NOT NULL,
    failure_code TEXT,
    card_brand TEXT,
    card_last4 TEXT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX payments_by_reference ON payments (merchant_id, mode, external_reference);

CREATE TABLE payment_sessions (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id),
    status TEXT NOT NULL,
    origin TEXT NOT NULL,
    return_url TEXT,
    cancel_url TEXT,
    locale TEXT,
    customer_email TEXT,
    external_reference TEXT,
    metadata TEXT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE INDEX payment_sessions_by_payment ON payment_sessions (payment_id);
CREATE INDEX payment_sessions_by_expiry ON payment_sessions (status, expires_at_ms);

CREATE TABLE attempts (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES payment_sessions (id),
    payment_id TEXT NOT NULL REFERENCES payments (id),
    -- the frame's id of the press; worth something in its session only
    client_attempt TEXT NOT NULL,
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
CREATE INDEX attempts_by_state ON attempts (state, changed_at_ms);

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
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, credential, idempotency_key)
);

-- What the acquirer told us, once each. Not a merchant's rows: they arrive before we know whose they are.
CREATE TABLE acquirer_notifications (
    acquirer_reference TEXT NOT NULL,
    event_code TEXT NOT NULL,
    success BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    PRIMARY KEY (acquirer_reference, event_code, success)
);
