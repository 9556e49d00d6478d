-- Identity documents by the day they expire: looked for every night (residence.forget_forms).
CREATE INDEX person_document_expiry ON person_document(valid_until);
