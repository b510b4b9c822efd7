-- A firm that works on a case by a link looks into it as an engagement of that case, not under an
-- appointment.
ALTER TABLE access_log ADD COLUMN engagement BIGINT;

-- Who looked is never rewritten: not by the program either.
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE OR DELETE ON access_log
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_is_never_emptied BEFORE TRUNCATE ON access_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
