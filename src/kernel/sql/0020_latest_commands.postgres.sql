-- The latest moment of the hub's commands up to an entry, however often its clock was set back: whether a read is old
-- (journal.end_reads; docs/decisions/0023) is told from the entry itself.
ALTER TABLE journal ADD COLUMN latest_ms BIGINT;
UPDATE journal SET latest_ms = so_far.latest_ms FROM (
  SELECT seq, COALESCE(MAX(CASE WHEN kind = 'command' AND device = 'hub' THEN at_ms END) OVER (ORDER BY seq), 0) AS latest_ms
  FROM journal) AS so_far WHERE so_far.seq = journal.seq;
