-- Whether a saved card is charged only with its security code, typed anew.
ALTER TABLE payment_sessions ADD COLUMN require_cvc_recollection BIGINT NOT NULL DEFAULT 0;
