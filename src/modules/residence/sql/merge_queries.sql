-- Statements of person.merge: two records of one person become one.

-- name: merged_into
SELECT merged_into FROM person WHERE id = $person_id AND merged_into IS NOT NULL

-- name: person_with_merged
SELECT * FROM person WHERE id = $person_id OR merged_into = $person_id ORDER BY id

-- name: merges_proposed
SELECT id, subject FROM task WHERE kind = 'merge_persons' AND state IN ('open', 'scheduled') ORDER BY id

-- name: merges_naming
SELECT id FROM task
WHERE kind = 'merge_persons' AND subject LIKE '%' || $person_id || '%' AND person_id <> $person_id ORDER BY id

-- Every row that names somebody by id and is not of the record itself. Who adds a table with persons adds it here: the
-- test NothingNamesTheOtherRecord finds out.
-- name: rows_naming
SELECT 'person' AS table_name, 'merged_into' AS column_name, id, merged_into AS value FROM person WHERE merged_into = $id
UNION ALL SELECT 'dwelling', 'person_id', id, person_id FROM dwelling WHERE person_id = $id
UNION ALL SELECT 'person_history', 'person_id', id, person_id FROM person_history WHERE person_id = $id
UNION ALL SELECT 'dwelling_history', 'person_id', id, person_id FROM dwelling_history WHERE person_id = $id
UNION ALL SELECT 'person_document', 'person_id', id, person_id FROM person_document WHERE person_id = $id
UNION ALL SELECT 'relation', 'person_id', id, person_id FROM relation WHERE person_id = $id
UNION ALL SELECT 'relation', 'other_id', id, other_id FROM relation WHERE other_id = $id
UNION ALL SELECT 'zone_datum', 'person_id', id, person_id FROM zone_datum WHERE person_id = $id
UNION ALL SELECT 'retrieval_log', 'person_id', id, person_id FROM retrieval_log WHERE person_id = $id
UNION ALL SELECT 'case_file', 'person_id', id, person_id FROM case_file WHERE person_id = $id
UNION ALL SELECT 'case_file', 'meant_id', id, meant_id FROM case_file WHERE meant_id = $id
UNION ALL SELECT 'task', 'person_id', id, person_id FROM task WHERE person_id = $id
UNION ALL SELECT 'task', 'subject', id, subject FROM task WHERE subject LIKE '%' || $id || '%' AND (kind <> 'merge_persons' OR closed_at_ms IS NULL)
UNION ALL SELECT 'outbox', 'person_id', id, person_id FROM outbox WHERE person_id = $id
UNION ALL SELECT 'inbox', 'person_id', id, person_id FROM inbox WHERE person_id = $id
UNION ALL SELECT 'inbox', 'candidates', id, candidates FROM inbox WHERE state = 'open' AND candidates LIKE '%' || $id || '%'
UNION ALL SELECT 'conflict', 'subject_id', id, subject_id FROM conflict WHERE subject_id = $id

-- What was found and booked stands in the case, and is read for its letters and for taking it back.
-- name: findings_naming
SELECT id, details FROM case_finding WHERE details LIKE '%' || $person_id || '%'
  AND case_id IN (SELECT source_case FROM dwelling WHERE person_id = $person_id AND source_case <> ''
    UNION SELECT id FROM case_file WHERE person_id = $person_id) ORDER BY id

-- name: dwelling_history_at
SELECT id FROM dwelling_history WHERE person_id = $person_id AND dwelling_id = $dwelling_id ORDER BY id

-- Data of the record that come from this paper.
-- name: rows_from_document
SELECT 'person' AS table_name, id FROM person WHERE id = $person_id AND document_id = $document_id
UNION ALL SELECT 'dwelling', id FROM dwelling WHERE person_id = $person_id AND document_id = $document_id
UNION ALL SELECT 'person_history', id FROM person_history WHERE person_id = $person_id AND document_id = $document_id
UNION ALL SELECT 'dwelling_history', id FROM dwelling_history WHERE person_id = $person_id AND document_id = $document_id

-- name: relations_to
SELECT * FROM relation WHERE other_id = $person_id ORDER BY id
