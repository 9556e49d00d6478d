-- Statements of retention: what a night erases of those who have left or died, or were never registered.

-- name: day_left
SELECT left_by FROM person_left WHERE person_id = $person_id

-- name: religion_past
SELECT person_id FROM person_left
WHERE religion <> '' AND left_by >= '0001' AND left_by < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: other_past
SELECT person_id FROM person_left
WHERE erased_on IS NULL AND left_by >= '0001' AND left_by < $before AND (status = 'deceased' OR settled_by < $before)
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: withdrawn_past
SELECT p.id AS person_id FROM person p WHERE p.status = 'withdrawn' AND p.erased_on IS NULL
  AND (SELECT MAX(h.recorded_at_ms) FROM person_history h WHERE h.person_id = p.id AND h.field = 'status') < $before
  AND p.id NOT IN (SELECT person_id FROM kept_person) ORDER BY p.id LIMIT $limit

-- name: archive_past
SELECT person_id FROM person_left WHERE left_by >= '0001' AND left_by < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: religions_once
SELECT id FROM person_history WHERE person_id = $person_id AND field = 'religion'

-- name: purposes_over
SELECT id FROM zone_datum WHERE person_id = $person_id AND zone = 3 AND purpose <> 'whereabouts'

-- name: secrets_without_document
SELECT z.id, z.person_id FROM zone_datum z
WHERE z.zone = 5 AND NOT EXISTS (SELECT 1 FROM person_document d WHERE d.person_id = z.person_id)
  AND z.person_id NOT IN (SELECT person_id FROM held_person) ORDER BY z.id LIMIT $limit

-- name: papers_past
SELECT c.id, c.number, c.decision FROM case_file c
WHERE c.procedure = $procedure AND c.decided_at_ms < $before AND c.title <> 'Unterlagen vernichtet'
  AND c.status IN ('booked', 'closed', 'withdrawn', 'not_competent', 'refused')
  AND c.id NOT IN (SELECT case_id FROM held_case)
  AND COALESCE(c.person_id, '') NOT IN (SELECT person_id FROM kept_person)
  AND COALESCE(c.meant_id, '') NOT IN (SELECT person_id FROM kept_person)
  AND NOT EXISTS (SELECT 1 FROM dwelling d WHERE d.source_case = c.id AND d.source_case <> ''
    AND d.person_id IN (SELECT person_id FROM kept_person))
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND t.state IN ('open', 'scheduled'))
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND (o.state IN ('due', 'held', 'handed_over', 'rejected')
    OR (o.state = 'acknowledged' AND o.answer_due_on <> '' AND o.answered_by = '' AND o.answer_missed = 0)
    OR o.person_id IN (SELECT person_id FROM kept_person)))
  AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.case_id = c.id AND i.state = 'open')
  AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.stream = c.id AND q.state IN ('open', 'retry'))
  AND NOT EXISTS (SELECT 1 FROM conflict k WHERE (k.stream = c.id OR k.subject_id = c.id) AND k.state = 'open')
ORDER BY c.decided_at_ms, c.id LIMIT $limit

-- name: papers_of_case
SELECT id, hash, COALESCE(preview, '') AS preview FROM case_document WHERE case_id = $case_id ORDER BY id

-- name: inbox_of_case
SELECT id FROM inbox WHERE case_id = $case_id ORDER BY id

-- name: tasks_of_papers
SELECT id FROM task WHERE case_id = $case_id ORDER BY id

-- name: empty_quarantine
UPDATE quarantine SET envelope = $none, details = '{}', reason = NULL WHERE stream = $case_id
