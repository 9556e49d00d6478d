-- Messages of one state by their day, in the order the list shows them: a day can have tens of thousands.
DROP INDEX outbox_state;
CREATE INDEX outbox_state ON outbox(state, due_on, id);
-- The next number: the holder's open block that ends first, without sorting them.
DROP INDEX number_block_holder;
CREATE INDEX number_block_holder ON number_block(kind, holder, state, last_number);
