-- Everything of the tenant in one sealed file: asked for by one person, released by another (task_id), made, gone.
-- state: asked, making, ready, interrupted, ended; until: last day of the file.
CREATE TABLE tenant_export (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, state TEXT NOT NULL, state_at_ms INTEGER NOT NULL, reason TEXT NOT NULL,
  asked_at_ms INTEGER NOT NULL, asked_by TEXT NOT NULL, task_id TEXT NOT NULL, made_by TEXT, size INTEGER, until TEXT
) STRICT;
CREATE INDEX tenant_export_asked ON tenant_export(asked_at_ms);
