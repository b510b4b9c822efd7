-- What of a case waits for one recipient is found without reading every job there is.
CREATE INDEX job_waits ON job (recipient, kind, position) WHERE done_at IS NULL AND dead = 0;
