-- The steps of 3-D Secure, and what the acquirer says of an authentication.

-- 'fingerprint', 'challenge' or 'redirect'
ALTER TABLE challenges ADD COLUMN kind TEXT NOT NULL DEFAULT 'redirect';
-- what the acquirer wants to hear again with the step's result; never shown to a browser
ALTER TABLE challenges ADD COLUMN acquirer_data TEXT NOT NULL DEFAULT '{}';
-- how large the bank's page is shown, by the standard's code
ALTER TABLE challenges ADD COLUMN window_size TEXT;

-- the attempt of the same press that was refused for want of authentication
ALTER TABLE attempts ADD COLUMN retry_of TEXT;
-- status, indicator, shift of liability: JSON
ALTER TABLE attempts ADD COLUMN authentication TEXT;
