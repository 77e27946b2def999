-- Times are microseconds since 1970-01-01 UTC unless a remark says otherwise. Prices and volumes are exact decimals as text, without trailing zeros.

CREATE TABLE items (
    id       INTEGER PRIMARY KEY,
    category TEXT NOT NULL,
    name     TEXT NOT NULL,
    UNIQUE (category, name)
) STRICT;
CREATE INDEX items_by_name ON items (name);

CREATE TABLE sources (
    id          INTEGER PRIMARY KEY,
    provider    TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    kind        INTEGER NOT NULL,
    volume_kind INTEGER NOT NULL,
    UNIQUE (provider, name, currency, kind)
) STRICT;

-- The newest tick of each series. Where that one was ahead of the clock when it was written, settled_* is the newest that was not.
CREATE TABLE series (
    item                INTEGER NOT NULL,
    source              INTEGER NOT NULL,
    observed_at         INTEGER NOT NULL,
    received_at         INTEGER NOT NULL,
    price               TEXT    NOT NULL,
    volume              TEXT,
    settled_observed_at INTEGER,
    settled_received_at INTEGER,
    settled_price       TEXT,
    settled_volume      TEXT,
    last_received_at    INTEGER NOT NULL,
    PRIMARY KEY (item, source)
) STRICT, WITHOUT ROWID;

-- Ticks stand in chunks of fifteen minutes (start in seconds), by series within a chunk: what is written together lies together, and the oldest
-- chunk goes as one range. The chunk follows from observed_at, so the key is (item, source, observed_at).
CREATE TABLE ticks (
    start          INTEGER NOT NULL,
    item           INTEGER NOT NULL,
    source         INTEGER NOT NULL,
    observed_at    INTEGER NOT NULL,
    received_after INTEGER NOT NULL, -- received_at - observed_at
    price          TEXT    NOT NULL,
    volume         TEXT,
    PRIMARY KEY (start, item, source, observed_at)
) STRICT, WITHOUT ROWID;

-- What is known of each chunk. removed = 1: ticks of it were removed, so its absence of a tick proves nothing.
CREATE TABLE chunks (
    start      INTEGER PRIMARY KEY,
    ticks      INTEGER NOT NULL,
    touched_at INTEGER NOT NULL,
    removed    INTEGER NOT NULL
) STRICT;

-- start in seconds, open_at, close_at and volume_at in microseconds since start. Null: high, low and close equal open, close_at equals open_at,
-- volume_at equals close_at (all where volume is not null), sums follow from the one tick.
CREATE TABLE bars (
    level     INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    item      INTEGER NOT NULL,
    source    INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    open      TEXT    NOT NULL,
    high      TEXT,
    low       TEXT,
    close     TEXT,
    open_at   INTEGER NOT NULL,
    close_at  INTEGER,
    volume    TEXT,
    volume_at INTEGER,
    sums      BLOB,
    PRIMARY KEY (level, start, item, source)
) STRICT, WITHOUT ROWID;

-- Bars of a level that begin before this instant (seconds) were removed and are not begun again.
CREATE TABLE floors (
    level INTEGER PRIMARY KEY,
    start INTEGER NOT NULL
) STRICT;

CREATE TABLE batches (
    id           BLOB    PRIMARY KEY,
    written      INTEGER NOT NULL,
    duplicate    INTEGER NOT NULL,
    corrected    INTEGER NOT NULL,
    committed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX batches_by_time ON batches (committed_at);

-- lease_until is null where the owner is known to be dead.
CREATE TABLE runs (
    id          BLOB    PRIMARY KEY,
    run_trigger INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    owner       TEXT    NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    error       TEXT,
    lease_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_by_time ON runs (started_at, id);
CREATE INDEX runs_running ON runs (owner) WHERE state = 0;

CREATE TABLE run_providers (
    run_id        BLOB    NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    provider      TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    state         INTEGER NOT NULL,
    started_at    INTEGER NOT NULL,
    finished_at   INTEGER,
    error         TEXT,
    fetched       INTEGER NOT NULL,
    rejected      INTEGER NOT NULL,
    rejected_by   TEXT    NOT NULL, -- a JSON object: reason to count
    deduplicated  INTEGER NOT NULL,
    accepted      INTEGER NOT NULL,
    stored        INTEGER NOT NULL,
    corrected     INTEGER NOT NULL,
    dead_lettered INTEGER NOT NULL,
    PRIMARY KEY (run_id, provider)
) STRICT, WITHOUT ROWID;

CREATE TABLE leases (
    provider   TEXT    PRIMARY KEY,
    owner      TEXT    NOT NULL,
    token      INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letters (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    sink        TEXT    NOT NULL,
    run_id      BLOB    NOT NULL,
    provider    TEXT    NOT NULL,
    item        INTEGER NOT NULL,
    source      INTEGER NOT NULL,
    price       TEXT    NOT NULL,
    volume      TEXT,
    observed_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    detail      TEXT,
    refused_at  INTEGER NOT NULL,
    UNIQUE (sink, item, source, observed_at, received_at)
) STRICT;
CREATE INDEX dead_letters_by_time ON dead_letters (refused_at);
