-- Whether the payer is asked for an e-mail address in a session that was made without one.
ALTER TABLE payment_sessions ADD COLUMN collect_email BIGINT NOT NULL DEFAULT 0;
