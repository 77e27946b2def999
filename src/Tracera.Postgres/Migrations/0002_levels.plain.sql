CREATE TABLE {schema}.bar_1m (
    bucket      timestamptz NOT NULL,
    item_id     int         NOT NULL,
    source_id   int         NOT NULL,
    n           bigint      NOT NULL,
    open        numeric     NOT NULL,
    high        numeric     NOT NULL,
    low         numeric     NOT NULL,
    close       numeric     NOT NULL,
    open_at     timestamptz NOT NULL,
    volume_sum  numeric,
    volume_last numeric,
    sum_x       numeric     NOT NULL,
    sum_xx      numeric     NOT NULL,
    sum_t       numeric     NOT NULL,
    sum_tt      numeric     NOT NULL,
    sum_tx      numeric     NOT NULL,
    PRIMARY KEY (bucket, item_id, source_id)
);
CREATE TABLE {schema}.bar_15m (LIKE {schema}.bar_1m INCLUDING ALL);
CREATE TABLE {schema}.bar_1h (LIKE {schema}.bar_1m INCLUDING ALL);
CREATE TABLE {schema}.bar_6h (LIKE {schema}.bar_1m INCLUDING ALL);
CREATE TABLE {schema}.bar_1d (LIKE {schema}.bar_1m INCLUDING ALL);
CREATE TABLE {schema}.bar_7d (LIKE {schema}.bar_1m INCLUDING ALL);

-- The rolled up bars of a span and a range of items, dirty or not: bucket after bucket, because that is how they lie.
DO $do$
DECLARE
    names  text[] := ARRAY['1m', '15m', '1h', '6h', '1d', '7d'];
    widths text[] := ARRAY['1 minute', '15 minutes', '1 hour', '6 hours', '1 day', '7 days'];
BEGIN
    FOR i IN 1..6 LOOP
        EXECUTE format('CREATE VIEW {schema}.kept_%1$s AS SELECT * FROM {schema}.bar_%1$s', names[i]);
        EXECUTE format(
            $sql$
            CREATE FUNCTION {schema}.stored_%1$s(since timestamptz, until timestamptz, first_item int, last_item int)
            RETURNS SETOF {schema}.bar_1m LANGUAGE sql STABLE AS $body$
            SELECT b.*
            FROM generate_series(
                (SELECT greatest(since, bucket) FROM {schema}.bar_%1$s ORDER BY bucket LIMIT 1),
                (SELECT least(until - interval '1 microsecond', bucket) FROM {schema}.bar_%1$s ORDER BY bucket DESC LIMIT 1),
                interval '%2$s') AS g (at)
            CROSS JOIN LATERAL (SELECT * FROM {schema}.bar_%1$s s WHERE s.bucket = g.at AND s.item_id BETWEEN first_item AND last_item OFFSET 0) b
            $body$
            $sql$, names[i], widths[i]);
    END LOOP;
END
$do$;
