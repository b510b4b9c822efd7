-- The desk: how staff prove who they are, and tokens for the machines they let in.

-- Until when a password that somebody else chose may be used; NULL: it is the person's own.
ALTER TABLE person ADD COLUMN first_until BIGINT;

-- The secret of a person's authenticator, sealed, and the last time step whose code was used.
CREATE TABLE second_factor (
    person     TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    key_id     TEXT    NOT NULL,
    nonce      BYTEA    NOT NULL,
    ciphertext BYTEA    NOT NULL,
    last_step  BIGINT NOT NULL
);

-- Codes on paper for whoever lost the authenticator: keyed hashes, each good once.
CREATE TABLE recovery_code (
    person TEXT COLLATE "C" NOT NULL,
    hash   BYTEA NOT NULL,
    PRIMARY KEY (person, hash)
);

-- Failed tries to sign in. `subject` is a keyed hash of a login or of a known device: what was typed
-- is nowhere.
CREATE TABLE sign_in_try (
    subject    BYTEA    NOT NULL PRIMARY KEY,
    failures   BIGINT NOT NULL,
    wait_until BIGINT NOT NULL
);
CREATE INDEX sign_in_try_until ON sign_in_try (wait_until);

-- Their own phone: such a session may lie idle for a whole shift.
ALTER TABLE staff_session ADD COLUMN own_phone BIGINT NOT NULL DEFAULT 0;
CREATE INDEX staff_session_person ON staff_session (person, opened_at);

-- A machine that acts under one appointment of a person, as long as that appointment holds.
CREATE TABLE api_token (
    token_hash  BYTEA    NOT NULL PRIMARY KEY,
    person      TEXT    NOT NULL,
    appointment BIGINT NOT NULL,
    name        TEXT    NOT NULL,
    verbs       TEXT    NOT NULL,
    made_at     BIGINT NOT NULL,
    until       BIGINT NOT NULL
);
CREATE INDEX api_token_person ON api_token (person, made_at);

-- What a case waits for beside its clocks (domain::case::Awaits), for the lists of the desk. Filled
-- when the rows are folded again, which the program asks for.
ALTER TABLE case_row ADD COLUMN awaits BIGINT NOT NULL DEFAULT 0;
CREATE INDEX case_row_awaits ON case_row (community, filed_at DESC, id DESC) WHERE awaits <> 0;
CREATE INDEX case_row_all_awaits ON case_row (filed_at DESC, id DESC) WHERE awaits <> 0;

-- What was done to the accounts and appointments of staff, by whom. No passwords, no cases.
CREATE TABLE staff_log (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    appointment BIGINT,
    what        TEXT NOT NULL,
    person      TEXT NOT NULL,
    detail      TEXT NOT NULL
);

-- Filters of the worklist that somebody wants to come back to.
CREATE TABLE saved_filter (
    person TEXT COLLATE "C" NOT NULL,
    name   TEXT COLLATE "C" NOT NULL,
    query  TEXT NOT NULL,
    PRIMARY KEY (person, name)
);

-- When somebody was told something, by a keyed hash of their address: nobody is told too often.
CREATE TABLE told (
    address BYTEA    NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (address, at)
);
CREATE INDEX told_at ON told (at);

-- A one-time code by which somebody gets a new receipt code in place of a lost one. Keyed hashes.
CREATE TABLE one_time_code (
    case_id TEXT COLLATE "C" NOT NULL,
    party   BIGINT NOT NULL,
    hash    BYTEA    NOT NULL,
    until   BIGINT NOT NULL,
    tries   BIGINT NOT NULL,
    PRIMARY KEY (case_id, party)
);

-- A sign-in that is under way: whoever showed a password, and how far they have come. `token_hash` is
-- the hash of what their browser holds; good for one session. An authenticator that is being set up
-- is sealed like the others.
CREATE TABLE sign_in_under_way (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    person     TEXT COLLATE "C" NOT NULL,
    begun_at   BIGINT NOT NULL,
    proved     BIGINT NOT NULL,
    own_phone  BIGINT NOT NULL,
    key_id     TEXT,
    nonce      BYTEA,
    ciphertext BYTEA
);
CREATE INDEX sign_in_under_way_person ON sign_in_under_way (person);
CREATE INDEX sign_in_under_way_begun ON sign_in_under_way (begun_at);

CREATE TRIGGER staff_log_is_never_changed BEFORE UPDATE OR DELETE ON staff_log
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER staff_log_is_never_emptied BEFORE TRUNCATE ON staff_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
