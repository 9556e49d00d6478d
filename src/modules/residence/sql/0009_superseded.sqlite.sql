-- What a later Auswertung says otherwise waits until its case is closed: a booking that is taken back gives it
-- back. The case; empty: the datum holds.
ALTER TABLE zone_datum ADD COLUMN superseded_in TEXT NOT NULL DEFAULT '';
