-- What the TPM of a Koffer gives a tour's key out for (wa::pin_auth): follows from the PIN, says nothing about the clerk's key.
ALTER TABLE user_account ADD COLUMN pin_auth BYTEA;
