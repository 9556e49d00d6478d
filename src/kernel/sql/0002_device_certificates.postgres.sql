-- A renewed certificate waits here until the device uses it: if the answer was lost on the line, the old one still opens it.
ALTER TABLE device ADD COLUMN next_certificate BYTEA;
ALTER TABLE device ADD COLUMN next_fingerprint BYTEA;
ALTER TABLE device ADD COLUMN next_until_ms BIGINT;
