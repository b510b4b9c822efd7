-- What the city changes about itself (areas, hours, clocks, categories, duties, grids of departments): each
-- with the instant from which it holds, and never altered. The city in force is that of the files with these.
CREATE TABLE city_change (
    number      BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    holds_from  BIGINT NOT NULL,
    appointment BIGINT,
    reason      TEXT   NOT NULL,
    body        TEXT   NOT NULL
);

CREATE TRIGGER city_change_is_never_changed BEFORE UPDATE OR DELETE ON city_change
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER city_change_is_never_emptied BEFORE TRUNCATE ON city_change
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
