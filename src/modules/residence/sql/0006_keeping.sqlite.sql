-- Who has left or died, since when, and whose data are not erased meanwhile (residence.forget_departed).
CREATE INDEX person_left_by_id ON person(id, religion) WHERE status <> 'resident';

-- left_on: the last day here, or of death; settled_on: when the other office's Rückmeldung was evaluated.
CREATE VIEW person_left AS
SELECT p.id AS person_id, p.status, p.religion,
  CASE WHEN p.status = 'deceased' THEN p.death_date
    ELSE COALESCE((SELECT MAX(d.moved_out) FROM dwelling d WHERE d.person_id = p.id), '') END AS left_on,
  COALESCE((SELECT MAX(d.deregistered_on) FROM dwelling d WHERE d.person_id = p.id), '') AS settled_on
FROM person p WHERE p.status <> 'resident' AND p.status <> 'withdrawn';

-- A legal hold (litigation, offer to an archive) is an open task at a person or case; a case holds whom it registered.
CREATE VIEW held_case AS
SELECT case_id FROM task WHERE kind = 'legal_hold' AND state IN ('open', 'scheduled') AND case_id <> '';
CREATE VIEW held_person AS
SELECT person_id FROM task WHERE kind = 'legal_hold' AND state IN ('open', 'scheduled') AND person_id <> ''
UNION ALL SELECT c.person_id FROM held_case h JOIN case_file c ON c.id = h.case_id WHERE c.person_id <> ''
UNION ALL SELECT d.person_id FROM held_case h JOIN dwelling d ON d.source_case = h.case_id;

-- Held, looked for by another authority (BMG § 3 Abs. 2 Nr. 9), or meant by a message nobody has settled yet.
CREATE VIEW kept_person AS
SELECT person_id FROM held_person
UNION ALL SELECT person_id FROM zone_datum WHERE purpose = 'whereabouts'
UNION ALL SELECT person_id FROM inbox WHERE state = 'open' AND person_id <> '';
