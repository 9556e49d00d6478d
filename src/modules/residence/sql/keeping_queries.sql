-- Statements of retention: what a night erases of those who have left or died, or were never registered.

-- name: day_left
SELECT left_by FROM person_left WHERE person_id = $person_id

-- name: religion_past
SELECT person_id FROM person_left
WHERE religion <> '' AND left_by >= '0001' AND left_by < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: other_past
SELECT person_id FROM person_left
WHERE erased_on IS NULL AND left_by >= '0001' AND left_by < $before AND (status = 'deceased' OR settled_by < $before)
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: withdrawn_past
SELECT p.id AS person_id FROM person p WHERE p.status = 'withdrawn' AND p.erased_on IS NULL
  AND (SELECT MAX(h.recorded_at_ms) FROM person_history h WHERE h.person_id = p.id AND h.field = 'status') < $before
  AND p.id NOT IN (SELECT person_id FROM kept_person) ORDER BY p.id LIMIT $limit

-- name: archive_past
SELECT person_id FROM person_left WHERE left_by >= '0001' AND left_by < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT $limit

-- name: religions_once
SELECT id FROM person_history WHERE person_id = $person_id AND field = 'religion'

-- name: purposes_over
SELECT id FROM zone_datum WHERE person_id = $person_id AND zone = 3 AND purpose <> 'whereabouts'

-- name: secrets_without_document
SELECT z.id, z.person_id FROM zone_datum z
WHERE z.zone = 5 AND NOT EXISTS (SELECT 1 FROM person_document d WHERE d.person_id = z.person_id)
  AND z.person_id NOT IN (SELECT person_id FROM held_person) ORDER BY z.id LIMIT $limit
