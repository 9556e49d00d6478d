-- What the daily round looks for is found by an index, and what it has done drops out of it.

-- Day on which the lessors and single purposes of somebody who has left, or the data of a registration that was taken
-- back, were erased. Null: not yet, or the person has another status since; and so the digests of rows journalled
-- before stay as they were.
ALTER TABLE person ADD COLUMN erased_on TEXT;
DROP INDEX person_left_by_id;
CREATE INDEX person_left_religion ON person(id) WHERE status <> 'resident' AND religion <> '';
CREATE INDEX person_left_whole ON person(id) WHERE status <> 'resident' AND erased_on IS NULL;
CREATE INDEX person_withdrawn_whole ON person(id) WHERE status = 'withdrawn' AND erased_on IS NULL;
CREATE INDEX dwelling_source_case ON dwelling(source_case) WHERE source_case <> '';
CREATE INDEX zone_datum_purpose ON zone_datum(purpose, recorded_at_ms, person_id);
CREATE INDEX zone_datum_secrets ON zone_datum(person_id) WHERE zone = 5;

-- Birth date of whose parent, custodian or representative it is. Null in rows from before, for the sake of their digests.
ALTER TABLE relation ADD COLUMN ward_born TEXT;
DROP INDEX relation_custodies;
CREATE INDEX relation_wards ON relation(kind, ward_born) WHERE ward_born IS NOT NULL AND valid_to = '';
CREATE INDEX relation_wards_before ON relation(kind, person_id)
  WHERE (kind = 'custodian' OR kind = 'parent' OR kind = 'representative') AND valid_to = '' AND ward_born IS NULL;

-- left_by: the last day here, or of death, of an incomplete one the last it can mean (2024-05-00 sorts as 2024-05-99);
-- settled_by: when the other office's Rückmeldung was evaluated.
DROP VIEW person_left;
CREATE VIEW person_left AS
SELECT p.id AS person_id, p.status, p.religion, p.erased_on,
  CASE WHEN p.status = 'deceased' THEN replace(p.death_date, '-00', '-99')
    ELSE COALESCE((SELECT MAX(replace(d.moved_out, '-00', '-99')) FROM dwelling d WHERE d.person_id = p.id), '') END AS left_by,
  COALESCE((SELECT MAX(replace(d.deregistered_on, '-00', '-99')) FROM dwelling d WHERE d.person_id = p.id), '') AS settled_by
FROM person p WHERE p.status <> 'resident' AND p.status <> 'withdrawn';

-- As before, and said so that the index of dwelling serves.
DROP VIEW kept_person;
DROP VIEW held_person;
CREATE VIEW held_person AS
SELECT person_id FROM task WHERE kind = 'legal_hold' AND state IN ('open', 'scheduled') AND person_id <> ''
UNION ALL SELECT c.person_id FROM held_case h JOIN case_file c ON c.id = h.case_id WHERE c.person_id <> ''
UNION ALL SELECT d.person_id FROM held_case h JOIN dwelling d ON d.source_case = h.case_id WHERE d.source_case <> '';
CREATE VIEW kept_person AS
SELECT person_id FROM held_person
UNION ALL SELECT person_id FROM zone_datum WHERE purpose = 'whereabouts'
UNION ALL SELECT person_id FROM inbox WHERE state = 'open' AND person_id <> '';
