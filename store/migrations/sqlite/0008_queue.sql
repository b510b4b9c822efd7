-- Emergencies stand before everything else in the queue of the desk: they are looked up, not searched for.
-- 65536 is what `Awaits::EMERGENCY` is stored as.
CREATE INDEX case_row_emergency ON case_row (id) WHERE (awaits & 65536) <> 0;
CREATE INDEX case_row_open_category ON case_row (category, id) WHERE done = 0;
-- The number of a case in the system it came from, by which it is looked up and not filed twice.
ALTER TABLE case_row ADD COLUMN external TEXT;
CREATE INDEX case_row_external ON case_row (external) WHERE external IS NOT NULL;
