-- Statements of retention: what a night erases of those who have left or died.

-- name: day_left
SELECT left_on FROM person_left WHERE person_id = $person_id

-- name: religion_past
SELECT person_id, left_on FROM person_left
WHERE religion <> '' AND left_on >= '0001' AND left_on < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT 500

-- name: other_past
SELECT l.person_id, l.left_on FROM person_left l
WHERE l.left_on >= '0001' AND l.left_on < $before AND (l.status = 'deceased' OR l.settled_on < $before)
  AND (EXISTS (SELECT 1 FROM dwelling d WHERE d.person_id = l.person_id AND d.lessor <> '{}')
    OR EXISTS (SELECT 1 FROM zone_datum z WHERE z.person_id = l.person_id AND z.zone = 3 AND z.purpose <> 'whereabouts'))
  AND l.person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY l.person_id LIMIT 500

-- name: archive_past
SELECT person_id, left_on FROM person_left WHERE left_on >= '0001' AND left_on < $before
  AND person_id NOT IN (SELECT person_id FROM kept_person) ORDER BY person_id LIMIT 500

-- name: religions_once
SELECT id FROM person_history WHERE person_id = $person_id AND field = 'religion'

-- name: purposes_over
SELECT id FROM zone_datum WHERE person_id = $person_id AND zone = 3 AND purpose <> 'whereabouts'

-- name: secrets_of
SELECT id FROM zone_datum WHERE person_id = $person_id AND zone = 5
