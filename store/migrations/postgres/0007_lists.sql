-- What the lists of the desk look at stands in the index they walk: a line that is passed over costs no reading
-- of its row.
DROP INDEX case_row_all_awaits;
DROP INDEX case_row_all_open;
CREATE INDEX case_row_all_awaits ON case_row (filed_at DESC, id DESC)
    INCLUDE (awaits, community, kind, line, listed, quarantined, category, done) WHERE awaits <> 0;
CREATE INDEX case_row_all_open ON case_row (filed_at DESC, id DESC)
    INCLUDE (community, kind, line, listed, quarantined, category) WHERE done = 0;
DROP INDEX clock_owner;
CREATE INDEX clock_owner ON clock (owner, due, case_id, id, stage) WHERE running = 1;
