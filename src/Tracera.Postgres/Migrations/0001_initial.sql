-- Prices and volumes are exact decimals (numeric). Batches, dirty marks and ticks are written in one transaction.

CREATE TABLE {schema}.item (
    id       int  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category text COLLATE "C" NOT NULL,
    name     text COLLATE "C" NOT NULL,
    UNIQUE (category, name)
);
CREATE INDEX item_by_name ON {schema}.item (name);

CREATE TABLE {schema}.source (
    id          int      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider    text     COLLATE "C" NOT NULL,
    name        text     COLLATE "C" NOT NULL,
    currency    text     NOT NULL,
    kind        smallint NOT NULL,
    volume_kind smallint NOT NULL,
    UNIQUE (provider, name, currency, kind)
);

-- The outcome of each part of a batch that was committed, so that one that is offered again gets its first answer.
CREATE TABLE {schema}.batch (
    id            uuid        NOT NULL,
    part          smallint    NOT NULL,
    parts         smallint    NOT NULL,
    at            timestamptz NOT NULL DEFAULT now(),
    written       int         NOT NULL,
    duplicate     int         NOT NULL,
    corrected     int         NOT NULL,
    dead_lettered int         NOT NULL DEFAULT 0,
    PRIMARY KEY (id, part)
);
CREATE INDEX batch_by_time ON {schema}.batch USING brin (at);

-- Minutes of ticks that were written since the levels were rolled up; without a key, so that writers never wait for each other.
CREATE TABLE {schema}.dirty (
    minute timestamptz NOT NULL
);

CREATE TABLE {schema}.run (
    id          uuid        PRIMARY KEY,
    run_trigger smallint    NOT NULL,
    state       smallint    NOT NULL,
    owner       text        NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    error       text,
    lease_until timestamptz
);
CREATE INDEX run_by_time ON {schema}.run (started_at, id);
CREATE INDEX run_running ON {schema}.run (owner) WHERE state = 0;

CREATE TABLE {schema}.run_provider (
    run_id        uuid        NOT NULL REFERENCES {schema}.run (id) ON DELETE CASCADE,
    provider      text        COLLATE "C" NOT NULL,
    position      int         NOT NULL,
    state         smallint    NOT NULL,
    started_at    timestamptz NOT NULL,
    finished_at   timestamptz,
    error         text,
    fetched       bigint      NOT NULL,
    rejected      bigint      NOT NULL,
    rejected_by   text        NOT NULL, -- a JSON object: reason to count
    deduplicated  bigint      NOT NULL,
    accepted      bigint      NOT NULL,
    stored        bigint      NOT NULL,
    corrected     bigint      NOT NULL,
    dead_lettered bigint      NOT NULL,
    PRIMARY KEY (run_id, provider)
);

CREATE TABLE {schema}.lease (
    provider   text        COLLATE "C" PRIMARY KEY,
    owner      text        NOT NULL,
    token      bigint      NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE TABLE {schema}.dead_letter (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sink        text        NOT NULL,
    run_id      uuid        NOT NULL,
    provider    text        NOT NULL,
    item_id     int         NOT NULL,
    source_id   int         NOT NULL,
    price       numeric     NOT NULL,
    volume      numeric,
    observed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    sqlstate    text        NOT NULL,
    detail      text,
    refused_at  timestamptz NOT NULL,
    UNIQUE (sink, item_id, source_id, observed_at, received_at)
);
CREATE INDEX dead_letter_by_time ON {schema}.dead_letter (refused_at);
