-- Koffer reported lost or stolen. `inventory` is what was on it by the hub's knowledge when it was reported (JSON).
CREATE TABLE loss (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, device_id TEXT NOT NULL, kind TEXT NOT NULL, noticed_on TEXT NOT NULL,
  place TEXT NOT NULL, circumstances TEXT NOT NULL, police_office TEXT NOT NULL, police_number TEXT NOT NULL,
  inventory TEXT NOT NULL, reported_at_ms INTEGER NOT NULL, reported_by TEXT NOT NULL, destroyed_at_ms INTEGER
) STRICT;
CREATE INDEX loss_device ON loss(device_id);
