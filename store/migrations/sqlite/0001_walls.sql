-- The walls. Instants are unix milliseconds, ids are lower-case hexadecimal text, hashes are bytes,
-- truth is 0 or 1. The same tables stand in ../postgres; tests/schema.rs compares them.

-- What happened, for ever. `facts` holds exactly the bytes that were hashed.
CREATE TABLE case_event (
    case_id    TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    facts      TEXT    NOT NULL,
    facts_salt BLOB    NOT NULL,
    words_hash BLOB    NOT NULL,
    hash       BLOB    NOT NULL,
    PRIMARY KEY (case_id, version)
) STRICT, WITHOUT ROWID;

-- What may be forgotten: the words of an event and the salt that bound them to its hash.
CREATE TABLE case_words (
    case_id TEXT    NOT NULL,
    version INTEGER NOT NULL,
    words   TEXT    NOT NULL,
    salt    BLOB    NOT NULL,
    PRIMARY KEY (case_id, version)
) STRICT, WITHOUT ROWID;

-- The order of all events, and the chain over them.
CREATE TABLE log (
    position INTEGER NOT NULL PRIMARY KEY,
    case_id  TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    chain    BLOB    NOT NULL
) STRICT;

CREATE TRIGGER case_event_is_never_changed BEFORE UPDATE ON case_event
BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;
CREATE TRIGGER case_event_is_never_removed BEFORE DELETE ON case_event
BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER log_is_never_removed BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
-- SQLite's REPLACE deletes without firing delete triggers, so a second insert is refused as well.
CREATE TRIGGER case_event_is_never_replaced BEFORE INSERT ON case_event
WHEN EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = NEW.case_id AND e.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log l WHERE l.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;

-- Everything from here on to `rollup` can be folded from the events again (`huiyin rebuild`),
-- or belongs to people and sessions.
CREATE TABLE case_row (
    id         TEXT    NOT NULL PRIMARY KEY,
    number     TEXT    NOT NULL UNIQUE,
    version    INTEGER NOT NULL,
    head       BLOB    NOT NULL,
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    done       INTEGER NOT NULL,
    listed     INTEGER NOT NULL,
    detail     INTEGER NOT NULL,
    category   TEXT    NOT NULL,
    community  TEXT    NOT NULL,
    line       TEXT    NOT NULL,
    filed_at   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    outcome    TEXT,
    due_at     INTEGER,
    reporters  INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    -- Whose words the public reads: 1, or the event that replaced them.
    words_version INTEGER NOT NULL,
    -- The place as told, for finding duplicates; emptied when the words are erased.
    lat_e7     INTEGER,
    lng_e7     INTEGER,
    snapshot   TEXT    NOT NULL
) STRICT;
CREATE INDEX case_row_listed    ON case_row (filed_at DESC, id DESC) WHERE listed = 1;
CREATE INDEX case_row_community ON case_row (community, filed_at DESC, id DESC);
CREATE INDEX case_row_category  ON case_row (category, filed_at DESC, id DESC);
CREATE INDEX case_row_filed     ON case_row (filed_at DESC, id DESC);
CREATE INDEX case_row_open      ON case_row (community, filed_at DESC, id DESC) WHERE done = 0;
CREATE INDEX case_row_all_open  ON case_row (filed_at DESC, id DESC) WHERE done = 0;
CREATE INDEX case_row_alike     ON case_row (community, category, filed_at DESC, id DESC);
CREATE INDEX case_row_near      ON case_row (category, lat_e7, lng_e7) WHERE lat_e7 IS NOT NULL;

CREATE TABLE case_part (
    case_id TEXT    NOT NULL,
    no      INTEGER NOT NULL,
    unit    TEXT    NOT NULL,
    returned INTEGER NOT NULL,
    PRIMARY KEY (case_id, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE clock (
    case_id TEXT    NOT NULL,
    id      INTEGER NOT NULL,
    stage   TEXT    NOT NULL,
    owner   TEXT    NOT NULL,
    due     INTEGER NOT NULL,
    running INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clock_due   ON clock (due, case_id, id) WHERE running = 1;
CREATE INDEX clock_owner ON clock (owner, due) WHERE running = 1;

-- What opens a case for one of its parties: the keyed hash of the receipt code. Role and time are
-- in the events.
CREATE TABLE party (
    case_id    TEXT    NOT NULL,
    no         INTEGER NOT NULL,
    lookup_key TEXT    NOT NULL,
    lookup     BLOB    NOT NULL UNIQUE,
    PRIMARY KEY (case_id, no)
) STRICT, WITHOUT ROWID;

-- Idempotency keys of filings. They never expire.
CREATE TABLE filing_key (
    key_hash  BLOB    NOT NULL PRIMARY KEY,
    body_key  TEXT    NOT NULL,
    body_hash BLOB    NOT NULL,
    case_id   TEXT    NOT NULL,
    party     INTEGER NOT NULL,
    at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who a party is and how to reach them: sealed, erasable.
CREATE TABLE contact (
    case_id    TEXT    NOT NULL,
    party      INTEGER NOT NULL,
    key_id     TEXT    NOT NULL,
    nonce      BLOB    NOT NULL,
    ciphertext BLOB    NOT NULL,
    PRIMARY KEY (case_id, party)
) STRICT, WITHOUT ROWID;

-- Which words were erased, so that every search index forgets them too.
CREATE TABLE erasure (
    no      INTEGER NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

-- Who looked at what belongs to a person.
CREATE TABLE access_log (
    id          TEXT    NOT NULL PRIMARY KEY,
    at          INTEGER NOT NULL,
    case_id     TEXT    NOT NULL,
    party       INTEGER,
    appointment INTEGER,
    what        TEXT    NOT NULL,
    reason      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_log_case ON access_log (case_id, at);

CREATE TABLE tracking_session (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    party      INTEGER NOT NULL,
    opened_at  INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_session_seen ON tracking_session (seen_at);

CREATE TABLE staged_photo (
    id        TEXT    NOT NULL PRIMARY KEY,
    form      BLOB    NOT NULL,
    address   BLOB    NOT NULL,
    bytes     INTEGER NOT NULL,
    staged_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staged_photo_form    ON staged_photo (form, staged_at);
CREATE INDEX staged_photo_address ON staged_photo (address, staged_at);
CREATE INDEX staged_photo_age     ON staged_photo (staged_at);

CREATE TABLE photo (
    id      TEXT    NOT NULL PRIMARY KEY,
    case_id TEXT    NOT NULL,
    version INTEGER NOT NULL,
    no      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_case ON photo (case_id, version, no);

CREATE TABLE person (
    id     TEXT    NOT NULL PRIMARY KEY,
    login  TEXT    NOT NULL UNIQUE,
    name   TEXT    NOT NULL,
    secret TEXT,
    active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `person` is emptied when a person is erased; the number stays, because events name it.
CREATE TABLE appointment (
    no         INTEGER NOT NULL PRIMARY KEY,
    person     TEXT,
    body       TEXT    NOT NULL
) STRICT;
CREATE INDEX appointment_person ON appointment (person);

CREATE TABLE staff_session (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL,
    opened_at  INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_session_seen ON staff_session (seen_at);

-- Waiting tickets and proofs of work that were used, until they would no longer be accepted.
CREATE TABLE ticket (
    id    BLOB    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_until ON ticket (until);

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE follower (
    name       TEXT    NOT NULL PRIMARY KEY,
    position   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
    id         TEXT    NOT NULL PRIMARY KEY,
    position   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    attempts   INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,
    done_at    INTEGER,
    dead       INTEGER NOT NULL,
    last_error TEXT    NOT NULL,
    UNIQUE (position, kind, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_next ON job (next_at, id) WHERE done_at IS NULL AND dead = 0;

-- Deltas of figures. A day is the number of days since 1970-01-01 in city time.
CREATE TABLE rollup (
    area      TEXT    NOT NULL,
    line      TEXT    NOT NULL,
    category  TEXT    NOT NULL,
    measure   TEXT    NOT NULL,
    event_day INTEGER NOT NULL,
    filed_day INTEGER NOT NULL,
    lag       INTEGER NOT NULL,
    amount    INTEGER NOT NULL,
    PRIMARY KEY (area, line, category, measure, event_day, filed_day, lag)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_measure ON rollup (measure, event_day);
