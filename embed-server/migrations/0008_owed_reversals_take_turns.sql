-- When it was last asked for: what the acquirer never takes must not keep the others waiting.
ALTER TABLE owed_reversals ADD COLUMN asked_at_ms BIGINT;
