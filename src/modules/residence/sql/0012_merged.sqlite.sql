-- A record that was merged into another one of the same person (person.merge): it says nothing any more but into which.
-- Null: it stands for itself, and the digests of rows from before stay as they were.
ALTER TABLE person ADD COLUMN merged_into TEXT;
CREATE INDEX person_merged ON person(merged_into) WHERE merged_into IS NOT NULL;
