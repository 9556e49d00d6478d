-- Whether somebody waits for an answer is asked several times a second (courier): among those, not among all messages ever sent.
CREATE INDEX outbox_waiting ON outbox(state, handed_over_at_ms) WHERE interactive = 1 AND answered_by = '';
