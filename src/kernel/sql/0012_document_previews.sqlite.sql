-- A small picture of a scan that is at the hub before the scan itself: its hash, or nothing.
ALTER TABLE case_document ADD COLUMN preview TEXT NOT NULL DEFAULT '';
