-- The family name as a paper has it, where it is written otherwise (handbook § 6 no. 5): with the paper, and
-- erased with it.
ALTER TABLE person_document ADD COLUMN name_in_document TEXT;
-- Who has custody of a child: looked for every night (residence.end_childhood).
CREATE INDEX relation_custodies ON relation(person_id) WHERE (kind = 'custodian' OR kind = 'parent') AND valid_to = '';
