-- Webhooks: whom a merchant lets us tell of events, and how far we are with it.

-- What was there before the change, for events of changes.
ALTER TABLE events ADD COLUMN previous TEXT;
-- Whether the deliveries of the event are written. Events from before there were webhooks have none.
ALTER TABLE events ADD COLUMN fanned_out BIGINT NOT NULL DEFAULT 1;
CREATE INDEX events_to_fan_out ON events (id) WHERE fanned_out = 0;

CREATE TABLE webhook_endpoints (
    merchant_id TEXT NOT NULL REFERENCES merchants (id),
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    description TEXT,
    -- JSON list of event types, or ["*"]
    enabled_events TEXT NOT NULL,
    signature_format TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    -- why we disabled it
    disabled_reason TEXT,
    -- sealed
    secret TEXT NOT NULL,
    -- sealed; signs beside the new one until then
    old_secret TEXT,
    old_secret_until_ms BIGINT,
    -- since when nothing was delivered though we tried
    failing_since_ms BIGINT,
    version BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id)
);

CREATE TABLE webhook_deliveries (
    merchant_id TEXT NOT NULL,
    mode TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    endpoint_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at_ms BIGINT,
    -- until when a process may be at it; tells its claim from another's
    claimed_until_ms BIGINT NOT NULL,
    last_attempt_at_ms BIGINT,
    last_http_status BIGINT,
    last_took_ms BIGINT,
    last_error TEXT,
    last_answer TEXT,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, mode, id),
    UNIQUE (endpoint_id, event_id),
    FOREIGN KEY (merchant_id, mode, endpoint_id) REFERENCES webhook_endpoints (merchant_id, mode, id),
    FOREIGN KEY (merchant_id, mode, event_id) REFERENCES events (merchant_id, mode, id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at_ms) WHERE status = 'pending';
