CREATE TABLE {schema}.tick (
    observed_at timestamptz NOT NULL,
    item_id     int         NOT NULL,
    source_id   int         NOT NULL,
    price       numeric     NOT NULL CONSTRAINT tick_price_above_zero CHECK (price > 0),
    volume      numeric     CONSTRAINT tick_volume_not_negative CHECK (volume >= 0),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (observed_at, item_id, source_id)
);
SELECT create_hypertable('{schema}.tick', 'observed_at', chunk_time_interval => INTERVAL '1 day', create_default_indexes => false);
