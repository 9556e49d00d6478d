-- Tours of a Koffer: where, when, who goes, whom they visit.
CREATE TABLE site (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, name TEXT NOT NULL, street TEXT NOT NULL, postcode TEXT NOT NULL,
  city TEXT NOT NULL, contact TEXT NOT NULL, line_verdict TEXT NOT NULL
);
CREATE TABLE tour (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, site_id TEXT NOT NULL REFERENCES site(id), day TEXT NOT NULL,
  from_time TEXT NOT NULL, until_time TEXT NOT NULL, staff TEXT NOT NULL, device_id TEXT NOT NULL,
  exception TEXT NOT NULL, state TEXT NOT NULL, checked_out_ms BIGINT, expires_ms BIGINT, checked_in_ms BIGINT,
  wiped_ms BIGINT
);
CREATE INDEX tour_day ON tour(day);
CREATE INDEX tour_device ON tour(device_id, state);
CREATE TABLE appointment (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, tour_id TEXT NOT NULL REFERENCES tour(id), at_time TEXT NOT NULL,
  minutes BIGINT NOT NULL, procedure TEXT NOT NULL, person_id TEXT, name TEXT NOT NULL, birth_date TEXT NOT NULL,
  note TEXT NOT NULL, consent BIGINT NOT NULL, state TEXT NOT NULL
);
CREATE INDEX appointment_tour ON appointment(tour_id, at_time);
