-- What the city changes about itself (areas, hours, clocks, categories, duties, grids of departments): each
-- with the instant from which it holds, and never altered. The city in force is that of the files with these.
CREATE TABLE city_change (
    number      INTEGER NOT NULL PRIMARY KEY,
    at          INTEGER NOT NULL,
    holds_from  INTEGER NOT NULL,
    appointment INTEGER,
    reason      TEXT    NOT NULL,
    body        TEXT    NOT NULL
) STRICT;

CREATE TRIGGER city_change_is_never_changed BEFORE UPDATE ON city_change
BEGIN SELECT RAISE(ABORT, 'city_change is append-only'); END;
CREATE TRIGGER city_change_is_never_removed BEFORE DELETE ON city_change
BEGIN SELECT RAISE(ABORT, 'city_change is append-only'); END;
CREATE TRIGGER city_change_is_never_replaced BEFORE INSERT ON city_change
WHEN EXISTS (SELECT 1 FROM city_change c WHERE c.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'city_change is append-only'); END;
