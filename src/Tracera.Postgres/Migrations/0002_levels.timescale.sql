DO $do$
DECLARE
    names  text[] := ARRAY['1m', '15m', '1h', '6h', '1d', '7d'];
    widths text[] := ARRAY['1 minute', '15 minutes', '1 hour', '6 hours', '1 day', '7 days'];
    t      text := '(date_part(''epoch'', observed_at - date_bin(interval ''7 days'', observed_at, timestamptz ''2000-01-03 00:00+00'')) * 1000000)::bigint';
    place  text;
BEGIN
    EXECUTE format(
        $sql$
        CREATE MATERIALIZED VIEW {schema}.bar_1m
        WITH (timescaledb.continuous, timescaledb.materialized_only = false, timescaledb.create_group_indexes = false) AS
        SELECT time_bucket(interval '1 minute', observed_at) AS bucket, item_id, source_id, count(*) AS n,
               first(price, observed_at) AS open, max(price) AS high, min(price) AS low, last(price, observed_at) AS close, min(observed_at) AS open_at,
               sum(volume) AS volume_sum, last(volume, observed_at) FILTER (WHERE volume IS NOT NULL) AS volume_last,
               sum(price) AS sum_x, sum(price * price) AS sum_xx, sum(%1$s) AS sum_t, sum(%1$s::numeric * %1$s) AS sum_tt, sum(%1$s * price) AS sum_tx
        FROM {schema}.tick GROUP BY 1, 2, 3 WITH NO DATA
        $sql$, t);
    FOR i IN 2..6 LOOP
        EXECUTE format(
            $sql$
            CREATE MATERIALIZED VIEW {schema}.bar_%1$s
            WITH (timescaledb.continuous, timescaledb.materialized_only = false, timescaledb.create_group_indexes = false) AS
            SELECT time_bucket(interval '%2$s', bucket) AS bucket, item_id, source_id, sum(n)::bigint AS n,
                   first(open, bucket) AS open, max(high) AS high, min(low) AS low, last(close, bucket) AS close, min(open_at) AS open_at,
                   sum(volume_sum) AS volume_sum, last(volume_last, bucket) FILTER (WHERE volume_last IS NOT NULL) AS volume_last,
                   sum(sum_x) AS sum_x, sum(sum_xx) AS sum_xx, sum(sum_t) AS sum_t, sum(sum_tt) AS sum_tt, sum(sum_tx) AS sum_tx
            FROM {schema}.bar_%3$s GROUP BY 1, 2, 3 WITH NO DATA
            $sql$, names[i], widths[i], names[i - 1]);
    END LOOP;

    -- The rolled up bars of a span and a range of items, dirty or not: what is materialised, because what is not is dirty.
    FOR i IN 1..6 LOOP
        SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT place
        FROM timescaledb_information.continuous_aggregates
        WHERE format('%I.%I', view_schema, view_name)::regclass = ('{schema}.bar_' || names[i])::regclass;
        EXECUTE format('CREATE INDEX ON %s (bucket, item_id, source_id)', place);
        EXECUTE format('CREATE VIEW {schema}.kept_%1$s AS SELECT bucket, item_id, source_id, n, open, high, low, close, open_at, volume_sum, volume_last, sum_x, sum_xx, sum_t, sum_tt, sum_tx FROM %2$s', names[i], place);
        EXECUTE format(
            $sql$
            CREATE FUNCTION {schema}.stored_%1$s(since timestamptz, until timestamptz, first_item int, last_item int)
            RETURNS SETOF {schema}.bar_1m LANGUAGE sql STABLE AS $body$
            SELECT * FROM {schema}.kept_%1$s WHERE bucket >= since AND bucket < until AND item_id BETWEEN first_item AND last_item
            $body$
            $sql$, names[i]);
    END LOOP;
END
$do$;
