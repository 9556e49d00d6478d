-- Statements of the kernel, in the common subset of SQLite and PostgreSQL.

-- Also asked of a store that an older program left: a backup is made of it before it is brought up.
-- name: journal_head
SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1

-- name: last_entry
SELECT seq, hash, latest_ms FROM journal ORDER BY seq DESC LIMIT 1

-- name: append_journal
INSERT INTO journal (seq, at_ms, kind, name, command_id, actor, roles, device, place, reason, outcome, payload_digest, rows_digest, hash, latest_ms)
VALUES ($seq, $at_ms, $kind, $name, $command_id, $actor, $roles, $device, $place, $reason, $outcome, $payload_digest, $rows_digest, $hash, $latest_ms)

-- name: append_journal_row
INSERT INTO journal_row (seq, table_name, row_id, digest) VALUES ($seq, $table_name, $row_id, $digest)

-- name: append_journal_subject
INSERT INTO journal_subject (seq, subject_type, subject_id) VALUES ($seq, $subject_type, $subject_id)

-- name: journal_page
SELECT * FROM journal WHERE seq BETWEEN $from AND $until ORDER BY seq

-- name: journal_rows_page
SELECT seq, table_name, row_id, digest FROM journal_row WHERE seq BETWEEN $from AND $until ORDER BY seq, table_name, row_id

-- name: journal_subjects_page
SELECT seq, subject_type, subject_id FROM journal_subject WHERE seq BETWEEN $from AND $until ORDER BY seq, subject_type, subject_id

-- name: latest_row_digests
SELECT r.row_id, r.digest FROM journal_row r
WHERE r.table_name = $table_name
  AND r.seq = (SELECT MAX(n.seq) FROM journal_row n WHERE n.table_name = r.table_name AND n.row_id = r.row_id)

-- name: journal_of
SELECT j.seq, j.at_ms, j.kind, j.name, j.command_id, j.actor, j.device, j.place, j.reason, j.outcome,
       COALESCE(u.name, '') AS actor_name, COALESCE(d.name, '') AS device_name
FROM journal_subject s JOIN journal j ON j.seq = s.seq
LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device
WHERE s.subject_type = $subject_type AND s.subject_id = $subject_id ORDER BY j.seq

-- name: journal_newest
SELECT j.seq, j.at_ms, j.kind, j.name, j.actor, COALESCE(j.roles, '') AS roles, j.device, j.place, j.reason, j.outcome,
       COALESCE(u.name, '') AS actor_name, COALESCE(d.name, '') AS device_name, CASE WHEN j.content IS NULL THEN 0 ELSE 1 END AS erased,
       COALESCE((SELECT MIN(p.name) FROM journal_subject o JOIN user_account p ON p.id = o.subject_id
                 WHERE o.seq = j.seq AND o.subject_type = 'second_person'), '') AS second_name
FROM journal j LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device
WHERE j.seq < $before AND j.at_ms >= $from AND j.at_ms < $until AND ($actor = '' OR j.actor = $actor)
ORDER BY j.seq DESC LIMIT $limit

-- name: journal_newest_of
SELECT j.seq, j.at_ms, j.kind, j.name, j.actor, COALESCE(j.roles, '') AS roles, j.device, j.place, j.reason, j.outcome,
       COALESCE(u.name, '') AS actor_name, COALESCE(d.name, '') AS device_name, CASE WHEN j.content IS NULL THEN 0 ELSE 1 END AS erased,
       COALESCE((SELECT MIN(p.name) FROM journal_subject o JOIN user_account p ON p.id = o.subject_id
                 WHERE o.seq = j.seq AND o.subject_type = 'second_person'), '') AS second_name
FROM journal j LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device
WHERE j.seq IN (SELECT s.seq FROM journal_subject s WHERE s.subject_type = $subject_type
                AND s.subject_id IN (SELECT $subject_id UNION ALL SELECT id FROM former_id WHERE person_id = $subject_id))
  AND j.seq < $before AND j.at_ms >= $from AND j.at_ms < $until AND ($actor = '' OR j.actor = $actor)
ORDER BY j.seq DESC LIMIT $limit

-- name: journal_sample
SELECT j.seq, j.at_ms, j.kind, j.name, j.actor, COALESCE(j.roles, '') AS roles, j.device, j.place, j.reason, j.outcome,
       COALESCE(u.name, '') AS actor_name, COALESCE(d.name, '') AS device_name, CASE WHEN j.content IS NULL THEN 0 ELSE 1 END AS erased,
       COALESCE((SELECT MIN(p.name) FROM journal_subject o JOIN user_account p ON p.id = o.subject_id
                 WHERE o.seq = j.seq AND o.subject_type = 'second_person'), '') AS second_name
FROM journal j LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device
WHERE j.seq IN (SELECT seq FROM journal WHERE kind <> 'command' AND content IS NULL AND roles IS NOT NULL AND kind = 'read' AND name <> 'journal.list' AND actor <> ''
                AND at_ms >= $from AND at_ms < $until AND ($actor = '' OR actor = $actor) ORDER BY RANDOM() LIMIT $limit)
ORDER BY j.seq DESC

-- name: stands_for
SELECT person_id FROM former_id WHERE id = $id

-- name: journal_past
SELECT * FROM journal j
WHERE j.kind <> 'command' AND j.content IS NULL AND j.roles IS NOT NULL AND j.at_ms < $before AND j.latest_ms <= $latest
  AND NOT EXISTS (SELECT 1 FROM journal_subject s LEFT JOIN former_id f ON f.id = s.subject_id
                  JOIN task t ON t.person_id = COALESCE(f.person_id, s.subject_id)
                  WHERE s.seq = j.seq AND s.subject_type = 'person' AND t.kind = 'legal_hold' AND t.state IN ('open', 'scheduled'))
  AND NOT EXISTS (SELECT 1 FROM journal_subject s JOIN task t ON t.case_id = s.subject_id
                  WHERE s.seq = j.seq AND s.subject_type = 'case' AND t.kind = 'legal_hold' AND t.state IN ('open', 'scheduled'))
ORDER BY j.at_ms LIMIT $limit

-- name: erase_journal_entry
UPDATE journal SET name = '', command_id = '', actor = '', roles = NULL, device = '', place = '', reason = '', outcome = '',
       payload_digest = $nothing, rows_digest = $nothing, content = $content WHERE seq = $seq

-- name: drop_journal_subjects
DELETE FROM journal_subject WHERE seq = $seq

-- name: journal_erasures
SELECT j.seq, j.at_ms, s.subject_id FROM journal_subject s JOIN journal j ON j.seq = s.seq
WHERE s.subject_type = 'journal' AND j.kind = 'command' AND j.name = 'journal.end_reads' AND j.outcome = 'done' ORDER BY j.seq

-- name: read_reasons
SELECT id, subject, state, created_at_ms, closed_at_ms, result FROM task WHERE kind = 'read_reason' ORDER BY created_at_ms DESC, id LIMIT $limit

-- name: read_reason_of
SELECT id FROM task WHERE kind = 'read_reason' AND subject = $subject

-- name: open_blocks_of_all
SELECT * FROM number_block WHERE state = 'open' ORDER BY id

-- name: case_by_number
SELECT id FROM case_file WHERE number = $number

-- name: due_outbox
SELECT * FROM outbox WHERE state = 'due' ORDER BY id

-- name: applied_schema_steps
SELECT name FROM schema_step ORDER BY name

-- name: command_mark
SELECT name, outcome, answer FROM command_done WHERE command_id = $command_id

-- name: mark_command
INSERT INTO command_done (command_id, name, outcome, answer, at_ms) VALUES ($command_id, $name, $outcome, $answer, $at_ms)

-- name: list_conflicts
SELECT * FROM conflict WHERE state = $state ORDER BY there_at_ms DESC LIMIT 200

-- name: conflicts_of
SELECT * FROM conflict WHERE subject_id = $subject_id OR stream = $subject_id ORDER BY there_at_ms

-- name: count_open_conflicts
SELECT COUNT(*) AS count FROM conflict WHERE state = 'open'

-- name: open_blocks
SELECT * FROM number_block WHERE kind = $kind AND holder = $holder AND state = 'open' ORDER BY last_number LIMIT 1

-- name: block_of_number
SELECT * FROM number_block WHERE kind = $kind AND series = $series AND last_number >= $number ORDER BY last_number LIMIT 1

-- name: blocks_of_holder
SELECT * FROM number_block WHERE holder = $holder AND state = 'open'

-- name: last_of_series
SELECT last_number FROM number_block WHERE kind = $kind AND series = $series ORDER BY last_number DESC LIMIT 1

-- (COALESCE, here and in answers_missing: by their state alone nobody shall look for them, most messages are acknowledged)
-- name: list_outbox
SELECT o.id, o.version, o.recipient, o.message_type, o.case_id, o.person_id, o.law, o.due_on, o.interactive, o.created_at_ms, o.state, o.state_at_ms, o.handed_over_at_ms,
       o.acknowledged_at_ms, o.attempts, o.problem, o.reason, o.answers, o.replaces, o.answer_due_on, o.answered_by, o.answer_missed,
       COALESCE(c.number, '') AS case_number, COALESCE(c.title, '') AS case_title, COALESCE(c.meant_id, c.person_id, '') AS case_person_id, COALESCE(r.id, '') AS replaced_by FROM outbox o
LEFT JOIN case_file c ON c.id = o.case_id LEFT JOIN outbox r ON r.replaces = o.id AND r.replaces <> ''
WHERE ($state = '' OR o.state = $state) AND ($case_id = '' OR o.case_id = $case_id) AND ($id = '' OR o.id = $id)
  AND ($worklist = 0 OR o.state = 'rejected' OR (o.state = 'due' AND o.due_on < $today)
       OR (o.answer_due_on > '' AND o.answer_due_on < $today AND o.answered_by = '' AND COALESCE(o.state, '') IN ('handed_over', 'acknowledged')))
ORDER BY o.due_on, o.id LIMIT 500

-- name: messages_to_send
SELECT * FROM outbox WHERE state = 'due' ORDER BY interactive DESC, due_on, id LIMIT 50

-- name: messages_of_case
SELECT * FROM outbox WHERE case_id = $case_id ORDER BY id

-- name: answers_missing
SELECT * FROM outbox WHERE answer_due_on > '' AND answered_by = '' AND answer_due_on < $today AND answer_missed = 0
  AND COALESCE(state, '') IN ('handed_over', 'acknowledged') ORDER BY answer_due_on, id LIMIT 200

-- name: waits_for_answer
SELECT COUNT(*) AS count FROM outbox
WHERE interactive = 1 AND answered_by = '' AND handed_over_at_ms > $after AND state IN ('handed_over', 'acknowledged')

-- name: inbox_of_message
SELECT * FROM inbox WHERE message_id = $message_id AND sender = $sender

-- name: list_inbox
SELECT i.*, COALESCE(c.number, '') AS case_number, COALESCE(c.title, '') AS case_title, COALESCE(c.meant_id, c.person_id, '') AS case_person_id FROM inbox i LEFT JOIN case_file c ON c.id = i.case_id
WHERE ($state = '' OR i.state = $state) AND ($case_id = '' OR i.case_id = $case_id) ORDER BY i.received_at_ms DESC, i.id LIMIT 200

-- name: case_documents
SELECT d.*, COALESCE(b.chunk_count, 0) AS chunk_count, COALESCE(b.chunks_held, 0) AS chunks_held, COALESCE(b.verified, 0) AS verified,
       COALESCE(p.verified, 0) AS preview_verified
FROM case_document d LEFT JOIN document b ON b.hash = d.hash LEFT JOIN document p ON p.hash = d.preview WHERE d.case_id = $case_id AND d.state = 'attached' ORDER BY d.id

-- name: scan_of_a_case
SELECT id FROM case_document WHERE hash = $hash LIMIT 1

-- name: signatures_of_case
SELECT id FROM case_document WHERE case_id = $case_id AND state = 'attached' AND kind IN ('signature', 'signed_sheet')

-- name: case_documents_removed
SELECT d.*, COALESCE(b.chunk_count, 0) AS chunk_count, COALESCE(b.chunks_held, 0) AS chunks_held, COALESCE(b.verified, 0) AS verified,
       COALESCE(u.name, '') AS state_by_name
FROM case_document d LEFT JOIN document b ON b.hash = d.hash LEFT JOIN user_account u ON u.id = d.state_by
WHERE d.case_id = $case_id AND d.state <> 'attached' ORDER BY d.id

-- name: case_has_document
SELECT id FROM case_document WHERE case_id = $case_id AND hash = $hash

-- name: case_findings
SELECT * FROM case_finding WHERE case_id = $case_id ORDER BY code

-- name: list_tasks
SELECT t.*, COALESCE(c.number, '') AS case_number, COALESCE(c.title, '') AS case_title, COALESCE(c.meant_id, c.person_id, '') AS case_person_id, COALESCE(u.name, '') AS closed_by_name
FROM task t LEFT JOIN case_file c ON c.id = t.case_id LEFT JOIN user_account u ON u.id = t.closed_by
WHERE ($state = '' OR t.state = $state) AND ($to_do = 0 OR t.closed_at_ms IS NULL)
  AND ($kind = '' OR t.kind = $kind) AND ($due = '' OR t.due_on <= $due)
  AND ($case_id = '' OR t.case_id = $case_id) AND ($person_id = '' OR t.person_id = $person_id)
  AND (t.kind <> 'read_reason' OR SUBSTR(t.subject, 1, 26) = $asked)
ORDER BY t.due_on IS NULL, t.due_on, t.id LIMIT $limit

-- name: tasks_to_do_of_case
SELECT id FROM task WHERE case_id = $case_id AND state IN ('open', 'scheduled') ORDER BY id

-- Typing asks for nothing else of its case.
-- name: case_to_type
SELECT id, procedure, channel, status, person_id, meant_id, decided_at_ms, submitted_at_ms FROM case_file WHERE id = $case_id

-- name: draft_of
SELECT d.form, d.saved_at_ms, d.saved_by, COALESCE(u.name, '') AS saved_by_name FROM draft d LEFT JOIN user_account u ON u.id = d.saved_by WHERE d.case_id = $case_id

-- Never stamped before what it replaces.
-- name: save_draft
INSERT INTO draft (case_id, form, saved_at_ms, saved_by) VALUES ($case_id, $form, $saved_at_ms, $saved_by)
ON CONFLICT (case_id) DO UPDATE SET form = $form, saved_by = $saved_by,
  saved_at_ms = CASE WHEN draft.saved_at_ms < $saved_at_ms THEN $saved_at_ms ELSE draft.saved_at_ms + 1 END

-- name: drop_draft
DELETE FROM draft WHERE case_id = $case_id

-- name: list_cases
SELECT id, number, procedure, status, channel, tour_id, appointment_id, person_id, meant_id, title, opened_at_ms, submitted_at_ms, decided_at_ms,
       (SELECT MAX(w.details) FROM case_finding w WHERE w.case_id = case_file.id AND w.code = 'waiting' AND w.state = 'waiting') AS waiting
FROM case_file
WHERE ($status = '' OR status = $status) AND ($tour_id = '' OR tour_id = $tour_id) AND ($person_id = '' OR person_id = $person_id)
  AND ($finding = '' OR id IN (SELECT case_id FROM case_finding WHERE code = $finding AND state <> 'ok' AND state <> 'done' AND state <> 'unknown'))
ORDER BY opened_at_ms DESC LIMIT $limit

-- name: cases_of_number
SELECT id, number, procedure, status, channel, tour_id, appointment_id, person_id, meant_id, title, opened_at_ms, submitted_at_ms, decided_at_ms,
       CASE WHEN number = $number THEN 'number' ELSE 'receipt' END AS found_by
FROM case_file
WHERE id IN (SELECT id FROM case_file WHERE number = $number
             UNION SELECT case_id FROM case_finding WHERE code = 'receipt' AND details >= $receipt_from AND details < $receipt_until)
ORDER BY found_by, opened_at_ms LIMIT 20

-- name: persons_of_case
SELECT person_id FROM task WHERE case_id = $case_id AND person_id <> '' UNION
SELECT person_id FROM outbox WHERE case_id = $case_id AND person_id <> ''

-- name: quarantine_of_stream
SELECT command_id, code, details, arrived_at_ms, state FROM quarantine WHERE stream = $stream ORDER BY arrived_at_ms

-- name: list_users
SELECT id, version, login, name, roles, state, failed_tries, locked_until_ms, pin_locked_until_ms, (seal_key IS NOT NULL) AS has_pin FROM user_account ORDER BY name

-- name: former_sign_keys
SELECT id, sign_key, from_ms, until_ms FROM former_sign_key WHERE user_id = $user_id ORDER BY until_ms DESC, id DESC

-- name: user_by_login
SELECT * FROM user_account WHERE login = $login

-- name: passkeys_of
SELECT * FROM passkey WHERE user_id = $user_id ORDER BY id

-- name: passkey_by_credential
SELECT * FROM passkey WHERE credential = $credential

-- name: list_devices
SELECT d.id, d.name, d.kind, d.state, d.certificate_until_ms, d.code_expires_ms,
       COALESCE((SELECT MAX(c.last_contact_ms) FROM device_chain c WHERE c.device_id = d.id), 0) AS last_contact_ms
FROM device d ORDER BY d.name

-- name: device_by_fingerprint
SELECT * FROM device WHERE fingerprint = $fingerprint OR next_fingerprint = $fingerprint

-- name: devices_with_code
SELECT * FROM device WHERE state = 'prepared'

-- name: quarantined
SELECT command_id, stream, code FROM quarantine WHERE command_id = $command_id AND state = 'open'

-- name: list_quarantine
SELECT q.command_id, q.device_id, COALESCE(d.name, '') AS device_name, q.stream, COALESCE(c.number, '') AS case_number,
       q.code, q.details, q.arrived_at_ms, q.state, q.settled_by, q.settled_at_ms, q.reason
FROM quarantine q LEFT JOIN device d ON d.id = q.device_id LEFT JOIN case_file c ON c.id = q.stream
WHERE q.state = $state ORDER BY q.arrived_at_ms DESC LIMIT 200

-- name: reads_after
SELECT seq, at_ms, name, actor, reason FROM journal WHERE seq > $seq AND kind = 'read' ORDER BY seq LIMIT 50

-- name: reads_sent
SELECT value FROM setting WHERE key = 'reads_sent'

-- name: set_reads_sent
INSERT INTO setting (key, value) VALUES ('reads_sent', $value) ON CONFLICT (key) DO UPDATE SET value = $value
