-- Tasks in the order their lists show them, so that none is sorted to show the first: all, those to do, those of one state.
CREATE INDEX task_due ON task((due_on IS NULL), due_on, id);
CREATE INDEX task_to_do ON task((due_on IS NULL), due_on, id) WHERE closed_at_ms IS NULL;
DROP INDEX task_state;
CREATE INDEX task_state ON task(state, (due_on IS NULL), due_on, id);
-- Messages whose answer is overdue, among all that ever left.
DROP INDEX outbox_answer;
CREATE INDEX outbox_awaited ON outbox(answer_due_on, id) WHERE answer_due_on > '' AND answered_by = '';
