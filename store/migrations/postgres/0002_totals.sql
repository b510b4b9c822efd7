-- The sums of all days of `rollup` for the city (`*`) and each community, so that a page reads one
-- row a measure and not one a day.
CREATE TABLE rollup_total (
    area    TEXT COLLATE "C" NOT NULL,
    measure TEXT   NOT NULL,
    amount  BIGINT NOT NULL,
    PRIMARY KEY (area, measure)
);

INSERT INTO rollup_total (area, measure, amount)
SELECT area, measure, SUM(amount) FROM rollup WHERE line = '*' AND category = '*' GROUP BY area, measure;

-- It answered nothing that the primary key does not, and was a second copy of the largest table.
DROP INDEX rollup_measure;

-- Promises to reporters that still run, by when they are broken: counted on every page with figures.
CREATE INDEX case_row_due ON case_row (due_at, community) WHERE due_at IS NOT NULL;
