-- Statements of documents, outgoing work and arrivals, in the common subset of SQLite and PostgreSQL.

-- name: document_state
SELECT size, chunk_count, chunks_held, verified FROM document WHERE hash = $hash

-- name: add_document
INSERT INTO document (hash, size, chunk_count, chunks_held, verified) VALUES ($hash, $size, $chunk_count, 0, 0)
ON CONFLICT (hash) DO NOTHING

-- name: add_document_chunk
INSERT INTO document_chunk (hash, position, bytes) VALUES ($hash, $position, $bytes)
ON CONFLICT (hash, position) DO NOTHING

-- name: count_document_chunks
UPDATE document SET chunks_held = $chunks_held, verified = $verified WHERE hash = $hash

-- name: document_positions
SELECT position FROM document_chunk WHERE hash = $hash ORDER BY position

-- name: document_chunk
SELECT bytes FROM document_chunk WHERE hash = $hash AND position = $position

-- name: drop_document_chunks
DELETE FROM document_chunk WHERE hash = $hash

-- name: drop_document
DELETE FROM document WHERE hash = $hash

-- name: outgoing_head
SELECT device_seq, hash FROM outgoing ORDER BY device_seq DESC LIMIT 1

-- name: add_outgoing
INSERT INTO outgoing (device_seq, command_id, stream, name, envelope, hash, state, at_ms)
VALUES ($device_seq, $command_id, $stream, $name, $envelope, $hash, 'queued', $at_ms)

-- name: queued_envelopes
SELECT device_seq, envelope FROM outgoing WHERE state = 'queued' AND device_seq > $after ORDER BY device_seq LIMIT $max_count

-- name: first_queued
SELECT device_seq FROM outgoing WHERE state = 'queued' ORDER BY device_seq LIMIT 1

-- name: answer_outgoing
UPDATE outgoing SET state = $state, answer = $answer WHERE device_seq = $device_seq

-- name: rows_of_outgoing
SELECT o.command_id, o.at_ms, r.table_name, r.row_id FROM outgoing o JOIN journal j ON j.command_id = o.command_id
JOIN journal_row r ON r.seq = j.seq WHERE o.device_seq = $device_seq

-- name: unsettled_outgoing
SELECT device_seq FROM outgoing WHERE state = 'quarantined' ORDER BY device_seq LIMIT $max_count

-- name: outgoing_of_stream
SELECT device_seq, state, answer FROM outgoing WHERE stream = $stream ORDER BY device_seq

-- name: outgoing_counts
SELECT COUNT(DISTINCT c.id) AS cases, COUNT(*) AS commands, COALESCE(SUM(LENGTH(o.envelope)), 0) AS command_bytes
FROM outgoing o LEFT JOIN case_file c ON c.id = o.stream WHERE o.state = 'queued'

-- name: queued_command
SELECT device_seq FROM outgoing WHERE command_id = $command_id AND state = 'queued'

-- name: add_document_upload
INSERT INTO document_upload (hash, size, added_at_ms, at_hub) VALUES ($hash, $size, $added_at_ms, 0)
ON CONFLICT (hash) DO NOTHING

-- name: pending_documents
SELECT hash, size FROM document_upload WHERE at_hub = 0
ORDER BY CASE WHEN size <= $one_chunk THEN 0 ELSE 1 END, added_at_ms, hash LIMIT $max_count

-- name: pending_document_sizes
SELECT size FROM document_upload WHERE at_hub = 0

-- name: mark_document_at_hub
UPDATE document_upload SET at_hub = 1 WHERE hash = $hash

-- name: document_upload_state
SELECT at_hub FROM document_upload WHERE hash = $hash

-- name: chain_head
SELECT device_seq, hash, last_contact_ms FROM device_chain WHERE device_id = $device_id AND tour_id = $tour_id

-- name: set_chain_head
INSERT INTO device_chain (device_id, tour_id, device_seq, hash, last_contact_ms)
VALUES ($device_id, $tour_id, $device_seq, $hash, $at_ms)
ON CONFLICT (device_id, tour_id) DO UPDATE SET device_seq = $device_seq, hash = $hash, last_contact_ms = $at_ms

-- name: touch_chain
INSERT INTO device_chain (device_id, tour_id, device_seq, hash, last_contact_ms)
VALUES ($device_id, $tour_id, 0, $hash, $at_ms)
ON CONFLICT (device_id, tour_id) DO UPDATE SET last_contact_ms = $at_ms

-- name: add_arrival
INSERT INTO arrival (device_id, tour_id, device_seq, command_id, stream, hash, signatures, arrived_at_ms, clock_ahead)
VALUES ($device_id, $tour_id, $device_seq, $command_id, $stream, $hash, $signatures, $arrived_at_ms, $clock_ahead)

-- name: arrival_of
SELECT command_id, stream, hash FROM arrival WHERE device_id = $device_id AND tour_id = $tour_id AND device_seq = $device_seq

-- name: arrival_exists
SELECT device_seq FROM arrival WHERE command_id = $command_id LIMIT 1

-- name: forget_mark
DELETE FROM command_done WHERE command_id = $command_id AND outcome <> 'done'

-- name: add_quarantine
INSERT INTO quarantine (command_id, device_id, tour_id, device_seq, name, stream, envelope, code, details, arrived_at_ms, state)
VALUES ($command_id, $device_id, $tour_id, $device_seq, $name, $stream, $envelope, $code, $details, $arrived_at_ms, 'open')
ON CONFLICT (command_id) DO NOTHING

-- name: quarantine_entry
SELECT * FROM quarantine WHERE command_id = $command_id

-- name: tour_waits
SELECT command_id FROM quarantine
WHERE device_id = $device_id AND tour_id = $tour_id AND state IN ('open', 'retry')
LIMIT 1

-- name: stream_blocked
SELECT command_id FROM quarantine
WHERE device_id = $device_id AND tour_id = $tour_id AND stream = $stream AND state IN ('open', 'retry') AND device_seq < $device_seq
LIMIT 1

-- name: stream_behind
SELECT * FROM quarantine
WHERE device_id = $device_id AND tour_id = $tour_id AND stream = $stream AND state IN ('open', 'retry') AND device_seq > $device_seq
ORDER BY device_seq

-- name: kept_envelopes
SELECT envelope FROM quarantine WHERE device_id = $device_id AND tour_id = $tour_id AND stream <> ''

-- name: case_names_document
SELECT id FROM case_document WHERE hash = $hash OR preview = $hash LIMIT 1

-- name: change_quarantine
UPDATE quarantine SET code = $code, details = $details, state = $state WHERE command_id = $command_id

-- name: drop_drafts_of_nothing
DELETE FROM draft
WHERE NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = draft.case_id)
  AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.state IN ('open', 'retry'))

-- name: note_settlement
UPDATE quarantine SET settled_by = $settled_by, settled_at_ms = $settled_at_ms, reason = $reason WHERE command_id = $command_id

-- name: case_is_decided
SELECT id FROM case_file WHERE id = $id AND decided_at_ms IS NOT NULL

-- name: journal_hash
SELECT hash FROM journal WHERE seq = $seq

-- name: rows_changed_after
SELECT table_name, row_id, MAX(seq) AS seq FROM journal_row WHERE seq > $after GROUP BY table_name, row_id ORDER BY MAX(seq), table_name, row_id

-- name: setting
SELECT value FROM setting WHERE key = $key

-- name: set_setting
INSERT INTO setting (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = $value

-- name: outgoing_hash
SELECT hash FROM outgoing WHERE device_seq = $device_seq

-- name: requeue_outgoing
UPDATE outgoing SET state = 'queued', answer = NULL WHERE device_seq > $device_seq

-- name: requeue_documents
UPDATE document_upload SET at_hub = 0

-- name: outgoing_name
SELECT name FROM outgoing WHERE device_seq = $device_seq
