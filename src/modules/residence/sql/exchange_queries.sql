-- Statements of the exchange with other registration offices.

-- name: received_forms_of_case
SELECT * FROM received_form WHERE case_id = $case_id ORDER BY requested_at_ms, id

-- name: received_forms_of_signed
SELECT f.* FROM received_form f JOIN case_file c ON c.id = f.case_id WHERE c.signed_hash = $signed_hash ORDER BY f.requested_at_ms, f.id

-- name: received_form_of_message
SELECT * FROM received_form WHERE message_id = $message_id

-- name: forms_of_finished_cases
SELECT f.id FROM received_form f JOIN case_file c ON c.id = f.case_id
WHERE c.status IN ('booked', 'closed', 'withdrawn', 'not_competent', 'refused') AND (f.state <> 'asked' OR f.requested_at_ms < $given_up) AND c.id NOT IN (SELECT case_id FROM held_case)
  AND COALESCE(c.person_id, '') NOT IN (SELECT person_id FROM held_person) ORDER BY f.id LIMIT $limit

-- name: log_entries_past
SELECT id FROM retrieval_log
WHERE erase_after < $today AND case_id NOT IN (SELECT case_id FROM held_case)
  AND person_id NOT IN (SELECT person_id FROM held_person) ORDER BY erase_after, id LIMIT $limit

-- name: documents_past
SELECT id, person_id, '' AS case_id FROM person_document WHERE valid_until >= '0001' AND valid_until < $before
  AND person_id NOT IN (SELECT person_id FROM held_person) ORDER BY valid_until, id LIMIT $limit

-- name: zone_data_of
SELECT * FROM zone_datum WHERE person_id = $person_id AND superseded_in IS NULL ORDER BY field, id

-- name: zone_data_superseded_in
SELECT * FROM zone_datum WHERE person_id = $person_id AND superseded_in = $case_id ORDER BY field, id

-- name: zone_data_superseded
SELECT z.id FROM zone_datum z JOIN case_file c ON c.id = z.superseded_in
WHERE c.status = 'closed' AND z.person_id NOT IN (SELECT person_id FROM held_person) ORDER BY z.id LIMIT $limit

-- name: zone_data_before
SELECT id FROM zone_datum WHERE purpose = $purpose AND recorded_at_ms < $before
  AND person_id NOT IN (SELECT person_id FROM held_person) ORDER BY id LIMIT $limit

-- name: inbox_of_sender
SELECT person_id, state, version, payload FROM inbox WHERE message_id = $message_id AND sender = $sender

-- name: revocations_of_sender
SELECT payload FROM inbox WHERE message_type = 'revocation' AND sender = $sender

-- name: messages_of_command
SELECT o.* FROM journal j JOIN journal_row r ON r.seq = j.seq AND r.table_name = 'outbox' JOIN outbox o ON o.id = r.row_id
WHERE j.command_id = $command_id AND o.person_id = $person_id AND o.answers = '' ORDER BY o.id
