-- Statements of residence.disclosure: rows about one person, table by table (disclosure.json says what is told of them).

-- name: disclosed_person
SELECT * FROM person WHERE id = $person_id

-- name: disclosed_zone_data
SELECT * FROM zone_datum WHERE person_id = $person_id ORDER BY field, id

-- name: disclosed_retrievals
SELECT * FROM retrieval_log WHERE person_id = $person_id ORDER BY at_ms, id

-- Opened for the person, meaning them, or having registered them.
-- name: disclosed_cases
SELECT * FROM case_file WHERE person_id = $person_id OR meant_id = $person_id
  OR id IN (SELECT source_case FROM dwelling WHERE person_id = $person_id AND source_case <> '') ORDER BY opened_at_ms, id

-- name: disclosed_papers
SELECT d.* FROM case_document d WHERE d.case_id IN (SELECT id FROM case_file WHERE person_id = $person_id OR meant_id = $person_id
  OR id IN (SELECT source_case FROM dwelling WHERE person_id = $person_id AND source_case <> '')) ORDER BY d.added_at_ms, d.id

-- name: disclosed_tasks
SELECT * FROM task WHERE person_id = $person_id ORDER BY created_at_ms, id

-- name: disclosed_messages
SELECT * FROM outbox WHERE person_id = $person_id ORDER BY created_at_ms, id

-- Offices that were told of the person because a spouse lives there, or that told so.
-- name: offices_of_spouses
SELECT recipient AS office FROM outbox WHERE person_id = $person_id AND message_type = 'spouse_change'
UNION SELECT sender FROM inbox WHERE person_id = $person_id AND message_type = 'spouse_change'

-- name: disclosed_inbox
SELECT * FROM inbox WHERE person_id = $person_id ORDER BY received_at_ms, id

-- name: disclosed_conflicts
SELECT * FROM conflict WHERE subject_id = $person_id ORDER BY there_at_ms, id
