-- What belongs to no registration, and what was told to the Bundeszentralamt, by the day it is over: looked for every
-- night (residence.forget_papers), and what is erased drops out.
CREATE INDEX outbox_loose ON outbox(case_id, state_at_ms) WHERE case_id = '' AND payload <> '{}';
CREATE INDEX outbox_tax_office ON outbox(recipient, state_at_ms) WHERE recipient = 'BZSt' AND payload <> '{}';
CREATE INDEX inbox_loose ON inbox(case_id, received_at_ms) WHERE case_id = '' AND payload <> '{}';
CREATE INDEX inbox_tax_office ON inbox(sender, received_at_ms) WHERE sender = 'BZSt' AND payload <> '{}';
CREATE INDEX task_loose ON task(case_id, closed_at_ms) WHERE case_id IS NULL;
CREATE INDEX conflict_decided ON conflict(state, decided_at_ms) WHERE state = 'decided' AND title <> 'Unterlagen vernichtet';
