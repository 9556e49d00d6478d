-- Under which other ids a person stood who was known twice: the journal names them by those for ever. Who keeps persons
-- says it (residence 0015); without them nobody is known twice.
CREATE VIEW former_id AS SELECT CAST('' AS TEXT) AS id, CAST('' AS TEXT) AS person_id WHERE 1 = 0;
