-- What few cases wait for at a time is counted on every page of the desk: it stands apart from the many that wait
-- for a release or in a queue of the city. 16319 is what `Awaits::FEW` is stored as.
CREATE INDEX case_row_few ON case_row
    (filed_at DESC, id DESC, awaits, community, kind, line, listed, quarantined, category, done)
    WHERE (awaits & 16319) <> 0;
