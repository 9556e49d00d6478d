-- Which cases wait, and which came late: asked by the list of cases, among what is not settled.
CREATE INDEX case_finding_open ON case_finding(code, case_id) WHERE state <> 'ok' AND state <> 'done' AND state <> 'unknown';
