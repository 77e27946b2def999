-- Backfills that have not ended, and how far they have come.
CREATE TABLE {schema}.backfill (
    provider text        COLLATE "C" NOT NULL,
    from_at  timestamptz NOT NULL,
    to_at    timestamptz NOT NULL,
    position timestamptz NOT NULL,
    PRIMARY KEY (provider, from_at, to_at)
);
