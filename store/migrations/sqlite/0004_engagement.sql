-- A firm that works on a case by a link looks into it as an engagement of that case, not under an
-- appointment.
ALTER TABLE access_log ADD COLUMN engagement INTEGER;

-- Who looked is never rewritten: not by the program either.
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
CREATE TRIGGER access_log_is_never_removed BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
CREATE TRIGGER access_log_is_never_replaced BEFORE INSERT ON access_log
WHEN EXISTS (SELECT 1 FROM access_log a WHERE a.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
