-- The register of residents (BMG § 3). Journalled tables have `id` and `version`; every datum of a person or
-- dwelling that changes leaves a row of history behind: value, life of the value, when and by what recorded.

CREATE TABLE person (
  id TEXT PRIMARY KEY, version TEXT NOT NULL,
  status TEXT NOT NULL,                       -- resident | departed | deceased | withdrawn (a registration that was taken back)
  family_name TEXT NOT NULL, birth_name TEXT NOT NULL DEFAULT '', given_names TEXT NOT NULL DEFAULT '',
  rufname_index BIGINT NOT NULL DEFAULT 0, single_name BIGINT NOT NULL DEFAULT 0,
  former_names TEXT NOT NULL DEFAULT '[]', doctorate TEXT NOT NULL DEFAULT '',
  religious_name TEXT NOT NULL DEFAULT '', artist_name TEXT NOT NULL DEFAULT '',
  birth_date TEXT NOT NULL, birth_place TEXT NOT NULL DEFAULT '', birth_country TEXT NOT NULL DEFAULT '',
  sex TEXT NOT NULL DEFAULT '', nationalities TEXT NOT NULL DEFAULT '[]', religion TEXT NOT NULL DEFAULT '',
  marital_status TEXT NOT NULL DEFAULT '', marital_status_since TEXT NOT NULL DEFAULT '',
  marital_status_place TEXT NOT NULL DEFAULT '', marital_status_country TEXT NOT NULL DEFAULT '',
  tax_id TEXT NOT NULL DEFAULT '', azr_number TEXT NOT NULL DEFAULT '', order_mark TEXT NOT NULL DEFAULT '',
  blocks TEXT NOT NULL DEFAULT '[]', objections TEXT NOT NULL DEFAULT '[]',
  death_date TEXT NOT NULL DEFAULT '', death_place TEXT NOT NULL DEFAULT ''
);
CREATE INDEX person_order_mark ON person(order_mark) WHERE order_mark <> '';

-- A dwelling of a person; `current` is 1 while nothing says that the person has moved out.
CREATE TABLE dwelling (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, person_id TEXT NOT NULL,
  status TEXT NOT NULL,                       -- E sole | H main | N secondary
  current BIGINT NOT NULL,
  moved_in TEXT NOT NULL DEFAULT '', moved_out TEXT NOT NULL DEFAULT '',
  registered_on TEXT NOT NULL DEFAULT '', deregistered_on TEXT NOT NULL DEFAULT '',
  ags TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '',
  district TEXT NOT NULL DEFAULT '', street_key TEXT NOT NULL DEFAULT '', street TEXT NOT NULL DEFAULT '',
  house_no BIGINT NOT NULL DEFAULT 0, house_letter TEXT NOT NULL DEFAULT '', sub_no TEXT NOT NULL DEFAULT '',
  addition TEXT NOT NULL DEFAULT '', floor TEXT NOT NULL DEFAULT '', apartment_no TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '', foreign_lines TEXT NOT NULL DEFAULT '[]',
  address_key TEXT NOT NULL DEFAULT '',       -- street, number and letter in search form: one building
  lessor TEXT NOT NULL DEFAULT '{}', source_case TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT ''
);
CREATE INDEX dwelling_person ON dwelling(person_id);
CREATE INDEX dwelling_address ON dwelling(address_key) WHERE current = 1;

-- Bitemporal: from/to of the value's life, and when and by which command it was written.
CREATE TABLE person_history (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, person_id TEXT NOT NULL, field TEXT NOT NULL,
  value TEXT NOT NULL, new_value TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  recorded_at_ms BIGINT NOT NULL, recorded_by TEXT NOT NULL,
  kind TEXT NOT NULL,                         -- correction | change
  source TEXT NOT NULL, sheet TEXT NOT NULL   -- DSMeld sheet
);
CREATE INDEX person_history_person ON person_history(person_id, field);

CREATE TABLE dwelling_history (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, person_id TEXT NOT NULL, dwelling_id TEXT NOT NULL,
  field TEXT NOT NULL, value TEXT NOT NULL, new_value TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  recorded_at_ms BIGINT NOT NULL, recorded_by TEXT NOT NULL, kind TEXT NOT NULL,
  source TEXT NOT NULL, sheet TEXT NOT NULL
);
CREATE INDEX dwelling_history_person ON dwelling_history(person_id);

CREATE TABLE person_document (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, person_id TEXT NOT NULL, doc_type TEXT NOT NULL, serial TEXT NOT NULL,
  issuing_authority TEXT NOT NULL, issuing_country TEXT NOT NULL, issue_date TEXT NOT NULL, valid_until TEXT NOT NULL,
  state TEXT NOT NULL                         -- valid | lost | invalid
);
CREATE INDEX person_document_person ON person_document(person_id);

-- Copy and link: the other person by id when here, in any case with the data the law keeps of them.
CREATE TABLE relation (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, person_id TEXT NOT NULL,
  kind TEXT NOT NULL,                         -- spouse | partner | child | parent | representative
  other_id TEXT NOT NULL, family_name TEXT NOT NULL, given_names TEXT NOT NULL, birth_date TEXT NOT NULL,
  note TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL
);
CREATE INDEX relation_person ON relation(person_id);
CREATE INDEX relation_other ON relation(other_id);

CREATE TABLE street (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL,
  postcode TEXT NOT NULL, city TEXT NOT NULL, district TEXT NOT NULL, ranges TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL
);
CREATE INDEX street_key ON street(key);
CREATE INDEX street_form ON street(form);

-- Derived from person and dwelling, written with them, not journalled (search_index.hpp names the keys).
CREATE TABLE person_search (
  key TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL, person_id TEXT NOT NULL,
  PRIMARY KEY (key, first, second, person_id)
);
