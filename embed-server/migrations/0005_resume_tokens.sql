-- What a payer who comes back from a redirect carries to the merchant's page: it tells how things stand, to one page.
CREATE TABLE resume_tokens (
    -- SHA-256 of the token, in hex: who reads the table cannot use it.
    token_hash    TEXT NOT NULL PRIMARY KEY,
    session_id    TEXT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    -- What the page that used it first calls itself; no other page may use it.
    redeemer      TEXT
);
CREATE INDEX resume_tokens_by_time ON resume_tokens (expires_at_ms);
