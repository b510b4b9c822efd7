-- By when a promise was to be kept, whether it still runs or not: for what came due in a week. Filled when
-- the rows are folded again, which the program asks for.
ALTER TABLE clock ADD COLUMN first_due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX clock_first_due ON clock (first_due, case_id);

-- What community and department say of each other after a case they handled together: once each, by the day.
-- No person stands in it. It is shown in sums over whole months, of five offices and more.
CREATE TABLE office_score (
    case_id TEXT    NOT NULL,
    part    INTEGER NOT NULL,
    toward  TEXT    NOT NULL,
    rated   TEXT    NOT NULL,
    rater   TEXT    NOT NULL,
    points  INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    PRIMARY KEY (case_id, part, toward)
) STRICT, WITHOUT ROWID;

-- What is open near a place.
CREATE INDEX case_row_open_place ON case_row (lat_e7, lng_e7) WHERE done = 0 AND lat_e7 IS NOT NULL;

-- What a photo looks like, for the warning that one was handed in before: the first half of the SHA-256 of
-- the picture that is kept. It goes with the photo.
CREATE TABLE photo_print (
    id    TEXT    NOT NULL PRIMARY KEY,
    print BLOB    NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_print_same ON photo_print (print, at);
