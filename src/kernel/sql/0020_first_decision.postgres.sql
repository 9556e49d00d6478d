-- When a case that was decided again (a booking that was taken back) was decided first. Null: it was decided once, or not
-- at all, and the digests of rows from before stay as they were.
ALTER TABLE case_file ADD COLUMN first_decided_at_ms BIGINT;
