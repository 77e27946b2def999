-- Backfills that have not ended, and how far they have come.
CREATE TABLE backfills (
    provider TEXT    NOT NULL,
    from_at  INTEGER NOT NULL,
    to_at    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (provider, from_at, to_at)
) STRICT, WITHOUT ROWID;
