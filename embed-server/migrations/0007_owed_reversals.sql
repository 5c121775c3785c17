-- Charges that stand although nobody wants them, until the acquirer has taken note that they go back.
CREATE TABLE owed_reversals (
    acquirer_reference TEXT NOT NULL PRIMARY KEY,
    attempt_id TEXT NOT NULL,
    owed_since_ms BIGINT NOT NULL
);
