-- The desk: how staff prove who they are, and tokens for the machines they let in.

-- Until when a password that somebody else chose may be used; NULL: it is the person's own.
ALTER TABLE person ADD COLUMN first_until INTEGER;

-- The secret of a person's authenticator, sealed, and the last time step whose code was used.
CREATE TABLE second_factor (
    person     TEXT    NOT NULL PRIMARY KEY,
    key_id     TEXT    NOT NULL,
    nonce      BLOB    NOT NULL,
    ciphertext BLOB    NOT NULL,
    last_step  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes on paper for whoever lost the authenticator: keyed hashes, each good once.
CREATE TABLE recovery_code (
    person TEXT NOT NULL,
    hash   BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;

-- Failed tries to sign in. `subject` is a keyed hash of a login or of a known device: what was typed
-- is nowhere.
CREATE TABLE sign_in_try (
    subject    BLOB    NOT NULL PRIMARY KEY,
    failures   INTEGER NOT NULL,
    wait_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_try_until ON sign_in_try (wait_until);

-- Their own phone: such a session may lie idle for a whole shift.
ALTER TABLE staff_session ADD COLUMN own_phone INTEGER NOT NULL DEFAULT 0;
CREATE INDEX staff_session_person ON staff_session (person, opened_at);

-- A machine that acts under one appointment of a person, as long as that appointment holds.
CREATE TABLE api_token (
    token_hash  BLOB    NOT NULL PRIMARY KEY,
    person      TEXT    NOT NULL,
    appointment INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    verbs       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    until       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX api_token_person ON api_token (person, made_at);

-- What a case waits for beside its clocks (domain::case::Awaits), for the lists of the desk. Filled
-- when the rows are folded again, which the program asks for.
ALTER TABLE case_row ADD COLUMN awaits INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_row_awaits ON case_row (community, filed_at DESC, id DESC) WHERE awaits <> 0;
CREATE INDEX case_row_all_awaits ON case_row (filed_at DESC, id DESC) WHERE awaits <> 0;

-- What was done to the accounts and appointments of staff, by whom. No passwords, no cases.
CREATE TABLE staff_log (
    id          TEXT NOT NULL PRIMARY KEY,
    at          INTEGER NOT NULL,
    appointment INTEGER,
    what        TEXT NOT NULL,
    person      TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Filters of the worklist that somebody wants to come back to.
CREATE TABLE saved_filter (
    person TEXT NOT NULL,
    name   TEXT NOT NULL,
    query  TEXT NOT NULL,
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;

-- When somebody was told something, by a keyed hash of their address: nobody is told too often.
CREATE TABLE told (
    address BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (address, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_at ON told (at);

-- A one-time code by which somebody gets a new receipt code in place of a lost one. Keyed hashes.
CREATE TABLE one_time_code (
    case_id TEXT NOT NULL,
    party   INTEGER NOT NULL,
    hash    BLOB    NOT NULL,
    until   INTEGER NOT NULL,
    tries   INTEGER NOT NULL,
    PRIMARY KEY (case_id, party)
) STRICT, WITHOUT ROWID;

-- A sign-in that is under way: whoever showed a password, and how far they have come. `token_hash` is
-- the hash of what their browser holds; good for one session. An authenticator that is being set up
-- is sealed like the others.
CREATE TABLE sign_in_under_way (
    token_hash BLOB NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL,
    begun_at   INTEGER NOT NULL,
    proved     INTEGER NOT NULL,
    own_phone  INTEGER NOT NULL,
    key_id     TEXT,
    nonce      BLOB,
    ciphertext BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_under_way_person ON sign_in_under_way (person);
CREATE INDEX sign_in_under_way_begun ON sign_in_under_way (begun_at);

CREATE TRIGGER staff_log_is_never_changed BEFORE UPDATE ON staff_log
BEGIN SELECT RAISE(ABORT, 'staff_log is append-only'); END;
CREATE TRIGGER staff_log_is_never_removed BEFORE DELETE ON staff_log
BEGIN SELECT RAISE(ABORT, 'staff_log is append-only'); END;
CREATE TRIGGER staff_log_is_never_replaced BEFORE INSERT ON staff_log
WHEN EXISTS (SELECT 1 FROM staff_log l WHERE l.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'staff_log is append-only'); END;
