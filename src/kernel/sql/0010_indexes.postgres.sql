-- What the lists of the desk need among hundreds of thousands of cases (`./dev bench pages`).
CREATE INDEX case_file_opened ON case_file(opened_at_ms);
CREATE INDEX case_file_opened_by ON case_file(opened_by, status, opened_at_ms);
CREATE INDEX case_file_appointment ON case_file(appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX outbox_due ON outbox(due_on, id);
CREATE INDEX conflict_subject ON conflict(subject_id);
CREATE INDEX conflict_stream ON conflict(stream);
CREATE INDEX conflict_age ON conflict(state, there_at_ms);
CREATE INDEX quarantine_state ON quarantine(state, arrived_at_ms);
