-- name: open_exports
SELECT * FROM tenant_export WHERE state <> 'ended' ORDER BY asked_at_ms, id

-- name: latest_export
SELECT * FROM tenant_export ORDER BY asked_at_ms DESC, id DESC LIMIT 1

-- name: ended_exports
SELECT id FROM tenant_export WHERE state = 'ended' AND state_at_ms < $before_ms ORDER BY id
