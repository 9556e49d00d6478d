-- By which roles somebody acted ("clerk,team_lead"). Null: an entry from before, linked as it was then.
ALTER TABLE journal ADD COLUMN roles TEXT;
-- What an entry said is erased, and this is the digest of it that the chain goes on with (docs/decisions/0023). Null: it says it.
ALTER TABLE journal ADD COLUMN content BLOB;
-- Reads and sign-ins that have not ended: those to erase, and those to draw samples from.
CREATE INDEX journal_ends ON journal(at_ms) WHERE kind <> 'command' AND content IS NULL AND roles IS NOT NULL;
-- Whom an entry names, from the entry: without it each page of the chain that is proved reads the whole table.
CREATE INDEX journal_subject_seq ON journal_subject(seq);
CREATE INDEX task_read_reason ON task(subject) WHERE kind = 'read_reason';
