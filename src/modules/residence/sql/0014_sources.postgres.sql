-- The paper from which a datum of a registration comes (handbook § 5: type, authority, number). By reference: its
-- number stands with the paper alone and is gone with it. Null: none was shown, and the digests of rows from before
-- stay as they were.
ALTER TABLE person ADD COLUMN document_id TEXT;
ALTER TABLE dwelling ADD COLUMN document_id TEXT;
ALTER TABLE person_history ADD COLUMN document_id TEXT;
ALTER TABLE dwelling_history ADD COLUMN document_id TEXT;
