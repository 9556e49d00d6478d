-- What a later Auswertung says otherwise waits until its case is closed: a booking that is taken back gives it
-- back. The case; null: the datum holds, and the digests of rows from before stay as they were.
ALTER TABLE zone_datum ADD COLUMN superseded_in TEXT;
