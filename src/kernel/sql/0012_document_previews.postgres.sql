-- A small picture of a scan that is at the hub before the scan itself: its hash. Null, so that the digests of rows
-- journalled before stay as they were.
ALTER TABLE case_document ADD COLUMN preview TEXT;
