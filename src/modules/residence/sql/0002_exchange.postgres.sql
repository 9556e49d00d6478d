-- What other registration offices sent: the prefilled form of a case until it is over, the log of retrievals
-- (1. BMeldDÜV § 5), and data kept for one purpose each (BMG § 3 Abs. 2), which no page shows with the person.

CREATE TABLE received_form (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, case_id TEXT NOT NULL, person_index BIGINT NOT NULL,
  state TEXT NOT NULL,                        -- recorded | asked | hit | not_unique | not_found | blocked
  office TEXT NOT NULL, request_key TEXT NOT NULL, message_id TEXT NOT NULL DEFAULT '',
  requested_at_ms BIGINT NOT NULL, requested_by TEXT NOT NULL, received_at_ms BIGINT, form TEXT NOT NULL DEFAULT ''
);
CREATE INDEX received_form_case ON received_form(case_id, person_index);
CREATE INDEX received_form_message ON received_form(message_id);

-- direction: out (we asked) | in (another office asked us). No names: the case or the message says of whom.
CREATE TABLE retrieval_log (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, direction TEXT NOT NULL, office TEXT NOT NULL, case_id TEXT NOT NULL,
  person_id TEXT NOT NULL, by_user TEXT NOT NULL, at_ms BIGINT NOT NULL, result TEXT NOT NULL, erase_after TEXT NOT NULL
);
CREATE INDEX retrieval_log_erase ON retrieval_log(erase_after);

CREATE TABLE zone_datum (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, person_id TEXT NOT NULL,
  zone BIGINT NOT NULL,                      -- handbook § 5: 3 per purpose, 5 secrets for the process only
  purpose TEXT NOT NULL, field TEXT NOT NULL, sheet TEXT NOT NULL, value TEXT NOT NULL,
  recorded_at_ms BIGINT NOT NULL, source TEXT NOT NULL
);
CREATE INDEX zone_datum_person ON zone_datum(person_id, purpose);
