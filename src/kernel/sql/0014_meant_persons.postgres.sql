-- Somebody with a block (BMG § 51) whom a form means: the case is theirs before it is booked. Null, so that the digests
-- of rows journalled before stay as they were.
ALTER TABLE case_file ADD COLUMN meant_id TEXT;
-- Which forms of other offices were received for what was signed: asked with each check and each booking.
CREATE INDEX case_file_signed ON case_file(signed_hash) WHERE signed_hash IS NOT NULL;
