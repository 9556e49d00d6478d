-- Statements of the register, in the common subset of SQLite and PostgreSQL.

-- Who was merged into another record is known by that one.
-- name: person_head
SELECT family_name, given_names, doctorate, blocks FROM person
WHERE id = COALESCE((SELECT merged_into FROM person WHERE id = $person_id), $person_id)

-- name: dwellings_of
SELECT * FROM dwelling WHERE person_id = $person_id ORDER BY current DESC, moved_in DESC, id

-- name: documents_of
SELECT * FROM person_document WHERE person_id = $person_id ORDER BY valid_until DESC, id

-- name: relations_of
SELECT r.*, COALESCE(p.blocks, '[]') AS other_blocks FROM relation r LEFT JOIN person p ON p.id = r.other_id
WHERE r.person_id = $person_id ORDER BY r.kind, r.id

-- The number of the paper a datum comes from is the paper's, as long as it is kept.
-- name: person_history_of
SELECT h.*, COALESCE(s.serial, '') AS document_serial, COALESCE(j.place, '') AS place, COALESCE(u.name, '') AS by_name, COALESCE(d.name, '') AS device_name
FROM person_history h LEFT JOIN journal j ON j.command_id = h.recorded_by AND j.outcome NOT LIKE 'refused%'
LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device LEFT JOIN person_document s ON s.id = h.document_id
WHERE h.person_id = $person_id ORDER BY h.recorded_at_ms DESC, h.id

-- name: dwelling_history_of
SELECT h.*, COALESCE(s.serial, '') AS document_serial, COALESCE(j.place, '') AS place, COALESCE(u.name, '') AS by_name, COALESCE(d.name, '') AS device_name
FROM dwelling_history h LEFT JOIN journal j ON j.command_id = h.recorded_by AND j.outcome NOT LIKE 'refused%'
LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device LEFT JOIN person_document s ON s.id = h.document_id
WHERE h.person_id = $person_id ORDER BY h.recorded_at_ms DESC, h.id

-- name: raw_person_history
SELECT * FROM person_history WHERE person_id = $person_id ORDER BY id

-- name: raw_dwelling_history
SELECT * FROM dwelling_history WHERE person_id = $person_id ORDER BY id

-- name: raw_relations
SELECT * FROM relation WHERE person_id = $person_id ORDER BY id

-- name: first_command_of_relation
SELECT j.command_id FROM journal_row r JOIN journal j ON j.seq = r.seq
WHERE r.table_name = 'relation' AND r.row_id = $id ORDER BY r.seq LIMIT 1

-- name: last_change_of_field
SELECT recorded_by, recorded_at_ms FROM person_history WHERE person_id = $person_id AND field = $field
ORDER BY recorded_at_ms DESC, id DESC LIMIT 1

-- name: command_author
SELECT j.at_ms, j.place, COALESCE(u.name, '') AS by_name, COALESCE(d.name, '') AS device_name
FROM journal j LEFT JOIN user_account u ON u.id = j.actor LEFT JOIN device d ON d.id = j.device
WHERE j.command_id = $command_id ORDER BY j.seq DESC LIMIT 1

-- name: command_actor
SELECT actor FROM journal WHERE command_id = $command_id ORDER BY seq DESC LIMIT 1

-- name: open_cases_of
SELECT c.id, c.number, c.procedure, c.status, c.channel, c.title, c.opened_at_ms, COALESCE(u.name, '') AS opened_by_name
FROM case_file c LEFT JOIN user_account u ON u.id = c.opened_by
WHERE (c.person_id = $person_id OR c.person_id IN (SELECT id FROM person WHERE merged_into = $person_id))
  AND c.status NOT IN ('closed', 'withdrawn', 'not_competent', 'refused') ORDER BY c.opened_at_ms DESC LIMIT 50

-- name: current_at_address
SELECT d.id, d.person_id, d.floor, d.apartment_no, d.addition, d.sub_no, p.blocks FROM dwelling d JOIN person p ON p.id = d.person_id
WHERE d.address_key = $address_key AND d.current = 1 AND p.status <> 'deceased' LIMIT 500

-- name: cases_to_close
SELECT c.id FROM case_file c WHERE c.status = 'booked' AND c.procedure = $procedure
  AND EXISTS (SELECT 1 FROM case_finding f WHERE f.case_id = c.id AND f.code = 'handed_over.confirmation')
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND t.state IN ('open', 'scheduled'))
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND (o.state IN ('due', 'held', 'handed_over', 'rejected')
    OR (o.state = 'acknowledged' AND o.answer_due_on <> '' AND o.answered_by = '' AND o.answer_missed = 0)))
  AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.case_id = c.id AND i.state = 'open')
  AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.stream = c.id AND q.state = 'open')
ORDER BY c.id LIMIT $limit

-- name: children_of_age
SELECT id, person_id, birth_date FROM relation
WHERE kind = 'child' AND valid_to = '' AND birth_date < $before AND birth_date > '0001'
  AND replace(birth_date, '-00', '-99') < $before ORDER BY id LIMIT $limit

-- name: custodies_of_age
SELECT id, person_id, ward_born AS birth_date FROM relation
WHERE (kind = 'custodian' OR kind = 'parent') AND valid_to = '' AND ward_born < $before AND ward_born > '0001'
  AND replace(ward_born, '-00', '-99') < $before ORDER BY id LIMIT $limit

-- name: custodies_of_age_from_before
SELECT r.id, r.person_id, p.birth_date FROM relation r JOIN person p ON p.id = r.person_id
WHERE (r.kind = 'custodian' OR r.kind = 'parent') AND r.valid_to = '' AND r.ward_born IS NULL
  AND p.birth_date > '0001' AND replace(p.birth_date, '-00', '-99') < $before ORDER BY r.id LIMIT $limit

-- name: representatives_of_minors
SELECT id, person_id FROM relation
WHERE kind = 'representative' AND valid_to = '' AND ward_born >= $year AND replace(ward_born, '-00', '-99') >= $before
ORDER BY id LIMIT $limit

-- name: representatives_of_minors_from_before
SELECT r.id, r.person_id FROM relation r JOIN person p ON p.id = r.person_id
WHERE r.kind = 'representative' AND r.valid_to = '' AND r.ward_born IS NULL
  AND p.birth_date >= $year AND replace(p.birth_date, '-00', '-99') >= $before ORDER BY r.id LIMIT $limit

-- name: moves_of_lessor
SELECT COUNT(DISTINCT person_id) AS count FROM person_search WHERE key = $key AND first >= $since

-- name: blocked_moves_of_lessor
SELECT DISTINCT s.person_id, p.blocks FROM person_search s JOIN person p ON p.id = s.person_id
WHERE s.key = $key AND s.first >= $since AND p.blocks <> '[]'

-- name: last_order_mark
SELECT MAX(order_mark) AS order_mark FROM person WHERE order_mark >= $from AND order_mark < $until AND order_mark <> ''

-- name: all_persons
SELECT id AS person_id FROM person WHERE merged_into IS NULL LIMIT $limit

-- name: search_names
SELECT DISTINCT person_id FROM person_search
WHERE key = $key AND first >= $from AND first < $until AND second >= $second AND second < $second_until
  AND ($year = '' OR second LIKE '%|' || $year || '-%' OR second LIKE '%|0000-%') LIMIT $limit

-- name: search_same_day
SELECT person_id FROM person_search WHERE key = $key AND first = $first AND second = $second LIMIT $limit

-- name: search_born
SELECT DISTINCT person_id FROM person_search WHERE key = $key AND first >= $from AND first < $until LIMIT $limit

-- name: names_of_key
SELECT first, person_id FROM person_search WHERE key = $key LIMIT $limit

-- name: search_year
SELECT DISTINCT person_id FROM person_search
WHERE key = $key AND first >= $from AND first < $until AND ($month = '' OR substr(second, 6, 2) IN ($month, '00')) LIMIT $limit

-- name: search_house
SELECT DISTINCT person_id FROM person_search
WHERE key = $key AND first >= $from AND first < $until AND ($given = '' OR second LIKE '% ' || $given || '%')
  AND ($year = '' OR substr(second, 1, 4) IN ($year, '0000')) LIMIT $limit

-- name: search_sound
SELECT DISTINCT person_id FROM person_search
WHERE key = $key AND ($year = '' OR substr(first, 1, 4) IN ($year, '0000')) LIMIT $limit

-- name: next_index_key
SELECT key FROM person_search WHERE key >= $from AND key < $until ORDER BY key LIMIT 1

-- name: street_begins
SELECT id FROM street WHERE form >= $from AND form < $until LIMIT 1

-- name: add_index_entry
INSERT INTO person_search (key, first, second, person_id) VALUES ($key, $first, $second, $person_id)
ON CONFLICT (key, first, second, person_id) DO NOTHING

-- name: drop_index_entry
DELETE FROM person_search WHERE key = $key AND first = $first AND second = $second AND person_id = $person_id

-- name: all_streets
SELECT * FROM street ORDER BY key, valid_from

-- name: street_of_key
SELECT * FROM street WHERE key = $key AND valid_from = $valid_from

-- name: streets_of_key
SELECT * FROM street WHERE key = $key ORDER BY valid_from

-- name: dwellings_to_rename
SELECT * FROM dwelling WHERE address_key >= $from AND address_key < $until AND current = 1 AND ags = $ags
  AND street_key = $street_key AND street <> $name AND id > $after ORDER BY id LIMIT 500

-- name: cases_that_may_mean
SELECT id, form FROM case_file WHERE status IN ('captured', 'signed', 'prechecked_offline', 'prechecked') AND meant_id IS NULL AND form LIKE $birth_date AND id <> $except ORDER BY id
