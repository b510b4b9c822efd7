-- The walls. Instants are unix milliseconds, ids are lower-case hexadecimal text, hashes are bytes,
-- truth is 0 or 1. The same tables stand in ../sqlite; tests/schema.rs compares them.

-- What happened, for ever. `facts` holds exactly the bytes that were hashed.
CREATE TABLE case_event (
    case_id    TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    kind       TEXT    NOT NULL,
    at         BIGINT NOT NULL,
    facts      TEXT    NOT NULL,
    facts_salt BYTEA    NOT NULL,
    words_hash BYTEA    NOT NULL,
    hash       BYTEA    NOT NULL,
    PRIMARY KEY (case_id, version)
);

-- What may be forgotten: the words of an event and the salt that bound them to its hash.
CREATE TABLE case_words (
    case_id TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    words   TEXT    NOT NULL,
    salt    BYTEA    NOT NULL,
    PRIMARY KEY (case_id, version)
);

-- The order of all events, and the chain over them.
CREATE TABLE log (
    position BIGINT NOT NULL PRIMARY KEY,
    case_id  TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL,
    chain    BYTEA    NOT NULL
);

-- Written in the transaction of its event; the sequencer moves it to `log`. The identity is drawn
-- after version n-1 was committed, so it keeps the versions of a case in order.
CREATE TABLE unsequenced (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL
);

-- One row: who may sequence, and until when.
CREATE TABLE sequencer (
    id     BIGINT NOT NULL PRIMARY KEY,
    holder TEXT   NOT NULL,
    until  BIGINT NOT NULL
);
INSERT INTO sequencer (id, holder, until) VALUES (1, '', 0);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER case_event_is_never_changed BEFORE UPDATE OR DELETE ON case_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_event_is_never_emptied BEFORE TRUNCATE ON case_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_is_never_changed BEFORE UPDATE OR DELETE ON log
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Everything from here on to `rollup` can be folded from the events again (`huiyin rebuild`),
-- or belongs to people and sessions.
CREATE TABLE case_row (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number     TEXT COLLATE "C" NOT NULL UNIQUE,
    version    BIGINT NOT NULL,
    head       BYTEA    NOT NULL,
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    done       BIGINT NOT NULL,
    listed     BIGINT NOT NULL,
    detail     BIGINT NOT NULL,
    category   TEXT COLLATE "C" NOT NULL,
    community  TEXT COLLATE "C" NOT NULL,
    line       TEXT COLLATE "C" NOT NULL,
    filed_at   BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    outcome    TEXT,
    due_at     BIGINT,
    reporters  BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    -- Whose words the public reads: 1, or the event that replaced them.
    words_version BIGINT NOT NULL,
    -- The place as told, for finding duplicates; emptied when the words are erased.
    lat_e7     BIGINT,
    lng_e7     BIGINT,
    snapshot   TEXT    NOT NULL
);
CREATE INDEX case_row_listed    ON case_row (filed_at DESC, id DESC) WHERE listed = 1;
CREATE INDEX case_row_community ON case_row (community, filed_at DESC, id DESC);
CREATE INDEX case_row_category  ON case_row (category, filed_at DESC, id DESC);
CREATE INDEX case_row_filed     ON case_row (filed_at DESC, id DESC);
CREATE INDEX case_row_open      ON case_row (community, filed_at DESC, id DESC) WHERE done = 0;
CREATE INDEX case_row_all_open  ON case_row (filed_at DESC, id DESC) WHERE done = 0;
CREATE INDEX case_row_alike     ON case_row (community, category, filed_at DESC, id DESC);
CREATE INDEX case_row_near      ON case_row (category, lat_e7, lng_e7) WHERE lat_e7 IS NOT NULL;

CREATE TABLE case_part (
    case_id TEXT COLLATE "C" NOT NULL,
    no      BIGINT NOT NULL,
    unit    TEXT COLLATE "C" NOT NULL,
    returned BIGINT NOT NULL,
    PRIMARY KEY (case_id, no)
);

CREATE TABLE clock (
    case_id TEXT COLLATE "C" NOT NULL,
    id      BIGINT NOT NULL,
    stage   TEXT    NOT NULL,
    owner   TEXT    NOT NULL,
    due     BIGINT NOT NULL,
    running BIGINT NOT NULL,
    PRIMARY KEY (case_id, id)
);
CREATE INDEX clock_due   ON clock (due, case_id, id) WHERE running = 1;
CREATE INDEX clock_owner ON clock (owner, due) WHERE running = 1;

-- What opens a case for one of its parties: the keyed hash of the receipt code. Role and time are
-- in the events.
CREATE TABLE party (
    case_id    TEXT COLLATE "C" NOT NULL,
    no         BIGINT NOT NULL,
    lookup_key TEXT    NOT NULL,
    lookup     BYTEA   NOT NULL UNIQUE,
    PRIMARY KEY (case_id, no)
);

-- Idempotency keys of filings. They never expire.
CREATE TABLE filing_key (
    key_hash  BYTEA    NOT NULL PRIMARY KEY,
    body_key  TEXT    NOT NULL,
    body_hash BYTEA    NOT NULL,
    case_id   TEXT COLLATE "C" NOT NULL,
    party     BIGINT NOT NULL,
    at        BIGINT NOT NULL
);

-- Who a party is and how to reach them: sealed, erasable.
CREATE TABLE contact (
    case_id    TEXT COLLATE "C" NOT NULL,
    party      BIGINT NOT NULL,
    key_id     TEXT    NOT NULL,
    nonce      BYTEA    NOT NULL,
    ciphertext BYTEA    NOT NULL,
    PRIMARY KEY (case_id, party)
);

-- Which words were erased, so that every search index forgets them too.
CREATE TABLE erasure (
    no      BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    case_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    at      BIGINT NOT NULL
);

-- Who looked at what belongs to a person.
CREATE TABLE access_log (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    case_id     TEXT COLLATE "C" NOT NULL,
    party       BIGINT,
    appointment BIGINT,
    what        TEXT    NOT NULL,
    reason      TEXT    NOT NULL
);
CREATE INDEX access_log_case ON access_log (case_id, at);

CREATE TABLE tracking_session (
    token_hash BYTEA    NOT NULL PRIMARY KEY,
    case_id    TEXT COLLATE "C" NOT NULL,
    party      BIGINT NOT NULL,
    opened_at  BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE INDEX tracking_session_seen ON tracking_session (seen_at);

CREATE TABLE staged_photo (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    form      BYTEA    NOT NULL,
    address   BYTEA    NOT NULL,
    bytes     BIGINT NOT NULL,
    staged_at BIGINT NOT NULL
);
CREATE INDEX staged_photo_form    ON staged_photo (form, staged_at);
CREATE INDEX staged_photo_address ON staged_photo (address, staged_at);
CREATE INDEX staged_photo_age     ON staged_photo (staged_at);

CREATE TABLE photo (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    case_id TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    no      BIGINT NOT NULL
);
CREATE INDEX photo_case ON photo (case_id, version, no);

CREATE TABLE person (
    id     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    login  TEXT COLLATE "C" NOT NULL UNIQUE,
    name   TEXT    NOT NULL,
    secret TEXT,
    active BIGINT NOT NULL
);

-- `person` is emptied when a person is erased; the number stays, because events name it.
CREATE TABLE appointment (
    no         BIGINT NOT NULL PRIMARY KEY,
    person     TEXT,
    body       TEXT    NOT NULL
);
CREATE INDEX appointment_person ON appointment (person);

CREATE TABLE staff_session (
    token_hash BYTEA    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL,
    opened_at  BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE INDEX staff_session_seen ON staff_session (seen_at);

-- Waiting tickets and proofs of work that were used, until they would no longer be accepted.
CREATE TABLE ticket (
    id    BYTEA    NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE INDEX ticket_until ON ticket (until);

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE follower (
    name       TEXT    NOT NULL PRIMARY KEY,
    position   BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE job (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    position   BIGINT NOT NULL,
    kind       TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    attempts   BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    done_at    BIGINT,
    dead       BIGINT NOT NULL,
    last_error TEXT    NOT NULL,
    UNIQUE (position, kind, recipient)
);
CREATE INDEX job_next ON job (next_at, id) WHERE done_at IS NULL AND dead = 0;

-- Deltas of figures. A day is the number of days since 1970-01-01 in city time.
CREATE TABLE rollup (
    area      TEXT COLLATE "C" NOT NULL,
    line      TEXT COLLATE "C" NOT NULL,
    category  TEXT COLLATE "C" NOT NULL,
    measure   TEXT    NOT NULL,
    event_day BIGINT NOT NULL,
    filed_day BIGINT NOT NULL,
    lag       BIGINT NOT NULL,
    amount    BIGINT NOT NULL,
    PRIMARY KEY (area, line, category, measure, event_day, filed_day, lag)
);
CREATE INDEX rollup_measure ON rollup (measure, event_day);
