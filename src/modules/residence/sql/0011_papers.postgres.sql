-- Registrations by the day they were decided, until their papers are destroyed (residence.forget_papers).
CREATE INDEX case_file_papers ON case_file(procedure, decided_at_ms) WHERE title <> 'Unterlagen vernichtet';
