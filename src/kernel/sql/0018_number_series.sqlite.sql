-- The block of a number that arrives: found among those of its series, not among all that were ever leased.
CREATE INDEX number_block_series ON number_block(kind, series, last_number);
