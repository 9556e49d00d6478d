-- A renewed certificate waits here until the device uses it: if the answer was lost on the line, the old one still opens it.
ALTER TABLE device ADD COLUMN next_certificate BLOB;
ALTER TABLE device ADD COLUMN next_fingerprint BLOB;
ALTER TABLE device ADD COLUMN next_until_ms INTEGER;
