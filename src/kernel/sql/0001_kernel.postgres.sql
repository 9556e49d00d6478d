-- The words all modules share. Journalled tables have `id` and `version`; version is the id of the
-- command that changed the row last, so that causality travels with the row.

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE user_account (
  id TEXT PRIMARY KEY, version TEXT NOT NULL,
  login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, roles TEXT NOT NULL, state TEXT NOT NULL,
  password_hash TEXT, failed_tries BIGINT NOT NULL DEFAULT 0, locked_until_ms BIGINT NOT NULL DEFAULT 0,
  sign_key BYTEA, seal_key BYTEA, wrapped_seed BYTEA
);

CREATE TABLE passkey (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES user_account(id),
  credential BYTEA NOT NULL UNIQUE, public_key BYTEA NOT NULL, sign_count BIGINT NOT NULL, name TEXT NOT NULL,
  added_at_ms BIGINT NOT NULL DEFAULT 0, used_at_ms BIGINT
);
CREATE INDEX passkey_user ON passkey(user_id);

CREATE TABLE device (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
  code_hash BYTEA, code_expires_ms BIGINT NOT NULL DEFAULT 0, code_tries BIGINT NOT NULL DEFAULT 0,
  certificate BYTEA, certificate_until_ms BIGINT, fingerprint BYTEA, sign_key BYTEA
);

CREATE TABLE case_file (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, number TEXT NOT NULL UNIQUE,
  procedure TEXT NOT NULL, procedure_version BIGINT NOT NULL, status TEXT NOT NULL,
  channel TEXT NOT NULL, tour_id TEXT, appointment_id TEXT, person_id TEXT, title TEXT NOT NULL,
  opened_at_ms BIGINT NOT NULL, opened_by TEXT NOT NULL, submitted_at_ms BIGINT, decided_at_ms BIGINT,
  form TEXT NOT NULL, signed_hash TEXT, decision TEXT
);
CREATE INDEX case_file_status ON case_file(status, opened_at_ms);
CREATE INDEX case_file_tour ON case_file(tour_id);
CREATE INDEX case_file_person ON case_file(person_id);

CREATE TABLE case_document (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES case_file(id),
  kind TEXT NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL,
  added_at_ms BIGINT NOT NULL, added_by TEXT NOT NULL, original_seen BIGINT NOT NULL DEFAULT 0,
  -- attached | detached (was the wrong one) | voided (a signature of a form that was opened again)
  state TEXT NOT NULL DEFAULT 'attached', state_reason TEXT, state_at_ms BIGINT, state_by TEXT
);
CREATE INDEX case_document_case ON case_document(case_id);
CREATE INDEX case_document_hash ON case_document(hash);

CREATE TABLE case_finding (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES case_file(id),
  code TEXT NOT NULL, state TEXT NOT NULL, details TEXT NOT NULL, note TEXT
);
CREATE INDEX case_finding_case ON case_finding(case_id);

-- What is still to be done after or beside a case. The id is derived from case, kind and subject: one task each.
-- A node may hold the task of a person without its case.
CREATE TABLE task (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL,
  case_id TEXT, person_id TEXT, due_on TEXT, state TEXT NOT NULL,
  scheduled_at TEXT, place TEXT, note TEXT, created_at_ms BIGINT NOT NULL, created_by TEXT NOT NULL,
  closed_at_ms BIGINT, closed_by TEXT, result TEXT
);
CREATE INDEX task_state ON task(state, due_on);
CREATE INDEX task_case ON task(case_id);
CREATE INDEX task_person ON task(person_id);

-- What a clerk is typing: not journalled, replaced at every keystroke pause, gone after submission.
CREATE TABLE draft (
  case_id TEXT PRIMARY KEY, form TEXT NOT NULL, saved_at_ms BIGINT NOT NULL, saved_by TEXT NOT NULL
);

-- Documents are content-addressed: hash is the SHA-256 of the plain bytes.
CREATE TABLE document (
  hash TEXT PRIMARY KEY, size BIGINT NOT NULL, chunk_count BIGINT NOT NULL, chunks_held BIGINT NOT NULL,
  verified BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE document_chunk (
  hash TEXT NOT NULL, position BIGINT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (hash, position)
);
-- They come compressed: the server need not try.
ALTER TABLE document_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Messages to other authorities. `recipient` and `message_type` as declared in api.json; `problem` is JSON or empty.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, recipient TEXT NOT NULL, message_type TEXT NOT NULL,
  case_id TEXT NOT NULL DEFAULT '', person_id TEXT NOT NULL DEFAULT '', law TEXT NOT NULL, due_on TEXT NOT NULL,
  interactive BIGINT NOT NULL DEFAULT 0, created_at_ms BIGINT NOT NULL, state TEXT NOT NULL,
  state_at_ms BIGINT NOT NULL, handed_over_at_ms BIGINT, acknowledged_at_ms BIGINT,
  attempts BIGINT NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL DEFAULT '', replaces TEXT NOT NULL DEFAULT '',
  answer_due_on TEXT NOT NULL DEFAULT '', answered_by TEXT NOT NULL DEFAULT '', answer_missed BIGINT NOT NULL DEFAULT 0,
  payload TEXT NOT NULL
);
CREATE INDEX outbox_state ON outbox(state, due_on);
CREATE INDEX outbox_case ON outbox(case_id);
CREATE INDEX outbox_replaces ON outbox(replaces) WHERE replaces <> '';
CREATE INDEX outbox_answer ON outbox(answer_due_on) WHERE answer_due_on <> '' AND answered_by = '';

-- Messages from other authorities: done | open (a clerk decides) | rejected (sent back, kept) | settled.
CREATE TABLE inbox (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, message_id TEXT NOT NULL, message_type TEXT NOT NULL,
  type_version BIGINT NOT NULL, sender TEXT NOT NULL, answers TEXT NOT NULL, sent_at TEXT NOT NULL,
  received_at_ms BIGINT NOT NULL, case_id TEXT NOT NULL DEFAULT '', person_id TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL, problem TEXT NOT NULL DEFAULT '', candidates TEXT NOT NULL DEFAULT '[]',
  needs_release BIGINT NOT NULL DEFAULT 0, settled_by TEXT NOT NULL DEFAULT '', settled_at_ms BIGINT, note TEXT NOT NULL DEFAULT '', payload TEXT NOT NULL
);
CREATE INDEX inbox_state ON inbox(state, received_at_ms);
CREATE INDEX inbox_case ON inbox(case_id);
CREATE INDEX inbox_message ON inbox(message_id);

CREATE TABLE conflict (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, command_id TEXT NOT NULL, stream TEXT NOT NULL,
  subject_table TEXT NOT NULL, subject_id TEXT NOT NULL, field TEXT NOT NULL, title TEXT NOT NULL,
  here_value TEXT NOT NULL, here_at_ms BIGINT NOT NULL, here_by TEXT NOT NULL, here_origin TEXT NOT NULL,
  there_value TEXT NOT NULL, there_at_ms BIGINT NOT NULL, there_by TEXT NOT NULL, there_origin TEXT NOT NULL,
  state TEXT NOT NULL, decision TEXT, decided_by TEXT, decided_at_ms BIGINT, reason TEXT
);
CREATE INDEX conflict_state ON conflict(state);

-- Number blocks: the hub leases ranges to devices; a device draws from its own, gap-free.
CREATE TABLE number_block (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, kind TEXT NOT NULL, series TEXT NOT NULL,
  next_number BIGINT NOT NULL, last_number BIGINT NOT NULL, holder TEXT NOT NULL, state TEXT NOT NULL
);
CREATE INDEX number_block_holder ON number_block(kind, holder, state);

-- The idempotence mark: a command's id is done once, whatever its outcome.
CREATE TABLE command_done (
  command_id TEXT PRIMARY KEY, name TEXT NOT NULL, outcome TEXT NOT NULL, answer TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);

CREATE TABLE journal (
  seq BIGINT PRIMARY KEY, at_ms BIGINT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  command_id TEXT NOT NULL, actor TEXT NOT NULL, device TEXT NOT NULL, place TEXT NOT NULL,
  reason TEXT NOT NULL, outcome TEXT NOT NULL, payload_digest BYTEA NOT NULL, rows_digest BYTEA NOT NULL,
  hash BYTEA NOT NULL
);
CREATE INDEX journal_command ON journal(command_id);
CREATE TABLE journal_row (
  seq BIGINT NOT NULL, table_name TEXT NOT NULL, row_id TEXT NOT NULL, digest BYTEA NOT NULL,
  PRIMARY KEY (table_name, row_id, seq)
);
CREATE INDEX journal_row_seq ON journal_row(seq);
CREATE TABLE journal_subject (
  subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, seq BIGINT NOT NULL,
  PRIMARY KEY (subject_type, subject_id, seq)
);

-- A node's work on its way to the hub. Envelopes are what was signed, byte for byte.
CREATE TABLE outgoing (
  device_seq BIGINT PRIMARY KEY, command_id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, name TEXT NOT NULL,
  envelope BYTEA NOT NULL, hash BYTEA NOT NULL, state TEXT NOT NULL, answer TEXT, at_ms BIGINT NOT NULL
);
CREATE INDEX outgoing_state ON outgoing(state, device_seq);
CREATE INDEX outgoing_stream ON outgoing(stream, device_seq);
-- Documents a node has to bring to the hub.
CREATE TABLE document_upload (
  hash TEXT PRIMARY KEY, size BIGINT NOT NULL, added_at_ms BIGINT NOT NULL, at_hub BIGINT NOT NULL DEFAULT 0
);

-- What the hub knows of each device's chain, and work it could not do: shown to people, never discarded.
CREATE TABLE device_chain (
  device_id TEXT NOT NULL, tour_id TEXT NOT NULL, device_seq BIGINT NOT NULL, hash BYTEA NOT NULL,
  last_contact_ms BIGINT NOT NULL, PRIMARY KEY (device_id, tour_id)
);
-- Every number of a chain that arrived: what was signed and by whom can be proved from it without the payload.
-- command_id is the key of the answer in command_done or quarantine.
CREATE TABLE arrival (
  device_id TEXT NOT NULL, tour_id TEXT NOT NULL, device_seq BIGINT NOT NULL, command_id TEXT NOT NULL,
  stream TEXT NOT NULL, hash BYTEA NOT NULL, signatures BYTEA NOT NULL, arrived_at_ms BIGINT NOT NULL, clock_ahead BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (device_id, tour_id, device_seq)
);
CREATE INDEX arrival_command ON arrival(command_id);
CREATE TABLE quarantine (
  command_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, tour_id TEXT NOT NULL, device_seq BIGINT NOT NULL,
  name TEXT NOT NULL, stream TEXT NOT NULL, envelope BYTEA NOT NULL,
  code TEXT NOT NULL, details TEXT NOT NULL, arrived_at_ms BIGINT NOT NULL, state TEXT NOT NULL,
  settled_by TEXT, settled_at_ms BIGINT, reason TEXT
);
CREATE INDEX quarantine_stream ON quarantine(stream, state);
