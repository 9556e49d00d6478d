-- Statements of retention: what a night erases of those who have left or died, or were never registered.

-- name: day_left
SELECT left_by FROM person_left WHERE person_id = $person_id

-- name: religion_past
SELECT person_id AS id, person_id, '' AS case_id FROM person_left
WHERE religion <> '' AND left_by >= '0001' AND left_by < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: other_past
SELECT person_id AS id, person_id, '' AS case_id FROM person_left
WHERE erased_on IS NULL AND left_by >= '0001' AND left_by < $before AND (status = 'deceased' OR settled_by < $before)
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: withdrawn_past
SELECT p.id, p.id AS person_id, '' AS case_id FROM person p WHERE p.status = 'withdrawn' AND p.erased_on IS NULL
  AND (SELECT MAX(h.recorded_at_ms) FROM person_history h WHERE h.person_id = p.id AND h.field = 'status') < $before
  AND p.id NOT IN (SELECT person_id FROM kept_person) ORDER BY p.id LIMIT $limit

-- name: archive_past
SELECT person_id AS id, person_id, '' AS case_id FROM person_left WHERE left_by >= '0001' AND left_by < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: religions_once
SELECT id FROM person_history WHERE person_id = $person_id AND field = 'religion'

-- name: purposes_over
SELECT id FROM zone_datum WHERE person_id = $person_id AND zone = 3 AND purpose <> 'whereabouts'

-- name: secrets_without_document
SELECT z.id, z.person_id FROM zone_datum z
WHERE z.zone = 5 AND NOT EXISTS (SELECT 1 FROM person_document d WHERE d.person_id = z.person_id)
  AND z.person_id NOT IN (SELECT person_id FROM held_person) ORDER BY z.person_id, z.id LIMIT $limit

-- name: papers_past
SELECT c.id, '' AS person_id, c.id AS case_id FROM case_file c
WHERE c.procedure = 'residence.registration' AND c.decided_at_ms < $before AND c.title <> 'Unterlagen vernichtet'
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

-- The program drops what it asks no more; what somebody has dropped is refused.
-- name: mass_erasure_tasks
SELECT * FROM task
WHERE case_id IS NULL AND kind IN ('mass_erasure', 'mass_erasure_second') AND (state <> 'dropped' OR closed_by <> '') AND subject LIKE $subject ORDER BY kind

-- What belongs to no registration. Nothing that somebody still has to do, and of nobody who is kept.

-- name: sent_past
SELECT o.id, o.person_id, o.case_id FROM outbox o
WHERE o.case_id = '' AND o.payload <> '{}' AND o.state_at_ms < $before AND o.state IN ('acknowledged', 'repaired', 'cancelled')
  AND NOT (o.state = 'acknowledged' AND o.answer_due_on <> '' AND o.answered_by = '' AND o.answer_missed = 0)
  AND o.person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY o.state_at_ms, o.id LIMIT $limit

-- A revocation names a message and nobody: as long as that waits, it has to be known.
-- name: received_past
SELECT i.id, i.person_id, i.case_id FROM inbox i
WHERE i.case_id = '' AND i.payload <> '{}' AND i.received_at_ms < $before AND COALESCE(i.settled_at_ms, 0) < $before
  AND i.state <> 'open' AND i.message_type <> 'revocation'
  AND i.person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY i.received_at_ms, i.id LIMIT $limit

-- name: tax_office_sent_past
SELECT o.id, o.person_id, o.case_id FROM outbox o
WHERE o.recipient = 'BZSt' AND o.payload <> '{}' AND o.state_at_ms < $before AND o.state IN ('acknowledged', 'repaired', 'cancelled')
  AND NOT (o.state = 'acknowledged' AND o.answer_due_on <> '' AND o.answered_by = '' AND o.answer_missed = 0)
  AND o.person_id NOT IN (SELECT person_id FROM kept_person)
  AND o.case_id NOT IN (SELECT case_id FROM held_case) ORDER BY o.state_at_ms, o.id LIMIT $limit

-- name: tax_office_received_past
SELECT i.id, i.person_id, i.case_id FROM inbox i
WHERE i.sender = 'BZSt' AND i.payload <> '{}' AND i.received_at_ms < $before AND COALESCE(i.settled_at_ms, 0) < $before AND i.state <> 'open'
  AND i.person_id NOT IN (SELECT person_id FROM kept_person)
  AND i.case_id NOT IN (SELECT case_id FROM held_case) ORDER BY i.received_at_ms, i.id LIMIT $limit

-- name: tasks_past
SELECT t.id, COALESCE(t.person_id, '') AS person_id, '' AS case_id FROM task t
WHERE t.case_id IS NULL AND t.closed_at_ms < $before AND t.state IN ('done', 'dropped')
  AND COALESCE(t.person_id, '') NOT IN (SELECT person_id FROM kept_person) ORDER BY t.closed_at_ms, t.id LIMIT $limit

-- name: conflicts_past
SELECT k.id, CASE WHEN k.subject_table = 'person' THEN k.subject_id ELSE '' END AS person_id, '' AS case_id FROM conflict k
WHERE k.state = 'decided' AND k.decided_at_ms < $before AND k.title <> 'Unterlagen vernichtet'
  AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = k.stream) AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = k.subject_id)
  AND k.subject_id NOT IN (SELECT person_id FROM kept_person) ORDER BY k.decided_at_ms, k.id LIMIT $limit

-- name: put_aside_past
SELECT q.command_id AS id, '' AS person_id, '' AS case_id FROM quarantine q
WHERE q.state IN ('settled', 'set_aside') AND q.settled_at_ms < $before AND LENGTH(q.envelope) > 0
  AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = q.stream)
  AND q.stream NOT IN (SELECT person_id FROM kept_person) ORDER BY q.settled_at_ms, q.command_id LIMIT $limit

-- name: empty_put_aside
UPDATE quarantine SET envelope = $none, details = '{}', reason = NULL WHERE command_id = $command_id

-- Nothing was entered, added or sent in since. asked: whether somebody was asked about it meanwhile; the others first.
-- name: resting_past
SELECT c.id, '' AS person_id, c.id AS case_id,
  (SELECT COUNT(*) FROM task t WHERE t.case_id = c.id AND t.kind = 'registration_rests' AND (t.created_at_ms >= $before OR t.state IN ('open', 'scheduled'))) AS asked
FROM case_file c
WHERE c.status IN ('draft', 'captured', 'signed', 'prechecked', 'prechecked_offline') AND c.opened_at_ms < $before
  AND c.procedure = 'residence.registration' AND COALESCE(c.submitted_at_ms, 0) < $before
  AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.case_id = c.id AND d.saved_at_ms >= $before)
  AND NOT EXISTS (SELECT 1 FROM case_document p WHERE p.case_id = c.id AND p.added_at_ms >= $before)
ORDER BY asked, c.opened_at_ms, c.id LIMIT $limit
