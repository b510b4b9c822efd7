-- People: where they are signed in, what an appointment was when it was given, and in which community its
-- office is.

-- The kind of device of a session, one coarse word; empty: the session began before it was kept.
ALTER TABLE staff_session ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- The appointment as it stood once the entry was written; NULL: the entry is of none, or of before.
ALTER TABLE staff_log ADD COLUMN given TEXT;
-- Since when somebody is shut out.
CREATE INDEX staff_log_shut_out ON staff_log (person, at) WHERE what = 'person.shut_out';

-- Who serves in a community is found without reading every appointment there ever was.
ALTER TABLE appointment ADD COLUMN community TEXT;
UPDATE appointment SET community = json_extract(body, '$.home.community');
CREATE INDEX appointment_community ON appointment (community) WHERE community IS NOT NULL;
