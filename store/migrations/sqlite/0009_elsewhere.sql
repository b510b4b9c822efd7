-- What was transferred to another body and has no answer yet, by the day on which they must give it. What the list
-- looks at stands in the index it walks, as with the others.
ALTER TABLE case_row ADD COLUMN answer_due INTEGER;
CREATE INDEX case_row_answer_due ON case_row
    (answer_due, id, community, kind, line, listed, quarantined, category) WHERE answer_due IS NOT NULL;
