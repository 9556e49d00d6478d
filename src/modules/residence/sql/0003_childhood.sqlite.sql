-- Minor children in their parents' data, by birthday: looked for every night (residence.end_childhood).
CREATE INDEX relation_children ON relation(birth_date) WHERE kind = 'child' AND valid_to = '';
