-- What a clerk has signed with before they set a new PIN: work of a tour that was packed with it may still be on its
-- way. from_ms is 0 for the first key of an account.
CREATE TABLE former_sign_key (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES user_account(id),
  sign_key BLOB NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX former_sign_key_user ON former_sign_key(user_id, until_ms);
-- Wrong PINs that a Koffer has tried at the hub. Null, so that the digests of rows journalled before stay as they were.
ALTER TABLE user_account ADD COLUMN pin_tries INTEGER;
ALTER TABLE user_account ADD COLUMN pin_locked_until_ms INTEGER;
