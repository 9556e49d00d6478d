-- Records that were merged into another one (person.merge), for the journal.
DROP VIEW former_id;
CREATE VIEW former_id AS SELECT id, merged_into AS person_id FROM person WHERE merged_into IS NOT NULL;
