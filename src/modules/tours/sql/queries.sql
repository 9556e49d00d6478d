-- name: list_sites
SELECT * FROM site ORDER BY name

-- name: list_tours
SELECT t.id, t.version, t.site_id, s.name AS site_name, t.day, t.from_time, t.until_time, t.state, t.device_id, t.staff,
       COALESCE(d.name, '') AS device_name, t.expires_ms, t.checked_out_ms, t.checked_in_ms, t.wiped_ms,
       (SELECT COUNT(*) FROM appointment a WHERE a.tour_id = t.id AND a.state <> 'removed') AS appointments
FROM tour t JOIN site s ON s.id = t.site_id LEFT JOIN device d ON d.id = t.device_id
WHERE t.day >= $from_day ORDER BY t.day, t.from_time LIMIT 200

-- name: appointments_of
SELECT a.*, (SELECT c.id FROM case_file c WHERE c.appointment_id = a.id ORDER BY c.opened_at_ms DESC LIMIT 1) AS case_id,
       (SELECT c.status FROM case_file c WHERE c.appointment_id = a.id ORDER BY c.opened_at_ms DESC LIMIT 1) AS case_status
FROM appointment a WHERE a.tour_id = $tour_id AND a.state <> 'removed' ORDER BY a.at_time, a.id

-- name: appointments_naming
SELECT * FROM appointment WHERE person_id = $person_id ORDER BY id

-- name: appointments_past
SELECT a.id, a.tour_id, a.person_id FROM tour t JOIN appointment a ON a.tour_id = t.id
WHERE t.day < $before AND t.state <> 'out'
  AND NOT EXISTS (SELECT 1 FROM task h WHERE h.kind = 'legal_hold' AND h.state IN ('open', 'scheduled')
    AND (h.person_id = a.person_id OR h.case_id IN (SELECT c.id FROM case_file c WHERE c.appointment_id = a.id)))
ORDER BY a.id LIMIT $limit

-- name: tours_of_device
SELECT t.*, s.name AS site_name FROM tour t JOIN site s ON s.id = t.site_id
WHERE t.device_id = $device_id AND t.state IN ('planned', 'out') ORDER BY t.day, t.from_time

-- name: overlapping_tours
SELECT id FROM tour WHERE device_id = $device_id AND id <> $tour_id AND day = $day AND state IN ('planned', 'out')
  AND from_time < $until_time AND until_time > $from_time

-- name: users_in
SELECT id, name FROM user_account WHERE id = $id

-- name: cases_of_tour
SELECT id FROM case_file WHERE tour_id = $tour_id

-- name: case_worked_on
SELECT device_seq FROM arrival WHERE device_id = $device_id AND tour_id = $tour_id AND stream = $case_id LIMIT 1

-- name: cases_begun_for
SELECT id FROM case_file WHERE appointment_id = $appointment_id AND decided_at_ms IS NULL ORDER BY id

-- name: documents_of_case
SELECT id FROM case_document WHERE case_id = $case_id

-- name: findings_of_case
SELECT id FROM case_finding WHERE case_id = $case_id

-- name: tasks_of
SELECT id FROM task WHERE case_id = $case_id OR person_id = $person_id ORDER BY id

-- name: blocks_of_device
SELECT id FROM number_block WHERE holder = $device_id AND state = 'open'

-- name: cases_waiting
SELECT id, number, person_id, meant_id, title, status, channel, opened_at_ms FROM case_file
WHERE status IN ('signed', 'prechecked_offline', 'prechecked') ORDER BY opened_at_ms LIMIT 50

-- name: cases_of_user
SELECT id, number, person_id, meant_id, title, status, channel, opened_at_ms FROM case_file
WHERE status IN ('draft', 'captured') AND opened_by = $user_id ORDER BY opened_at_ms DESC LIMIT 20

-- name: due_messages
SELECT o.id, o.recipient, o.message_type, o.due_on, o.case_id, o.person_id, COALESCE(c.title, '') AS case_title,
       COALESCE(c.meant_id, c.person_id, '') AS case_person_id
FROM outbox o LEFT JOIN case_file c ON c.id = o.case_id WHERE o.state = 'due' ORDER BY o.due_on LIMIT 20

-- name: count_conflicts
SELECT COUNT(*) AS number FROM conflict WHERE state = 'open'

-- name: count_quarantine
SELECT COUNT(*) AS number FROM quarantine WHERE state = 'open'

-- name: losses
SELECT l.id, l.device_id, COALESCE(d.name, '') AS device_name, l.kind, l.noticed_on, l.place, l.circumstances, l.police_office,
       l.police_number, l.reported_at_ms, COALESCE(u.name, '') AS reported_by_name, l.destroyed_at_ms
FROM loss l LEFT JOIN device d ON d.id = l.device_id LEFT JOIN user_account u ON u.id = l.reported_by ORDER BY l.reported_at_ms DESC

-- name: losses_of_device
SELECT id, destroyed_at_ms FROM loss WHERE device_id = $device_id

-- name: tours_perhaps_on
SELECT * FROM tour WHERE checked_out_ms IS NOT NULL AND (former_devices IS NOT NULL OR device_id = $device_id)
ORDER BY day, from_time

-- name: checked_in_by
SELECT j.seq FROM journal_subject s JOIN journal j ON j.seq = s.seq
WHERE s.subject_type = 'tour' AND s.subject_id = $tour_id AND j.name = 'tour.check_in' AND j.device = $device_id AND j.outcome = 'done' LIMIT 1

-- name: fetched_since
SELECT id FROM tour WHERE device_id = $device_id AND checked_out_ms > $since LIMIT 1

-- name: went_along
SELECT DISTINCT o.subject_type, o.subject_id FROM journal_subject s JOIN journal j ON j.seq = s.seq JOIN journal_subject o ON o.seq = j.seq
WHERE s.subject_type = 'tour' AND s.subject_id = $tour_id AND j.name = 'tour.check_out' AND j.outcome = 'done'
  AND o.subject_type IN ('person', 'appointment') ORDER BY o.subject_type, o.subject_id

-- name: case_documents_of_tour
SELECT d.id, d.kind, d.title, c.number FROM case_document d JOIN case_file c ON c.id = d.case_id
WHERE c.tour_id = $tour_id AND d.state = 'attached' ORDER BY c.number, d.added_at_ms, d.id

-- name: numbered_in_quarantine
SELECT name, envelope FROM quarantine
WHERE device_id = $device_id AND stream <> '' AND state <> 'settled' AND name IN ('case.open', 'case.issue_receipt')
