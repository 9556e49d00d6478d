-- Koffer that had the tour before it was given to another one (JSON list of device ids): their work is still accepted.
ALTER TABLE tour ADD COLUMN former_devices TEXT;
