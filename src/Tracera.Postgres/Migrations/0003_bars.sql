-- What is read of the levels, the same on both kinds of store. A bucket is dirty while it, or a part of it, waits to be rolled up: then it is computed at the
-- read, from the level before and in the end from ticks, so that what was committed is seen. Where the one-minute bars beside a dirty minute may have been removed,
-- those are dirty too. A day whose ticks were removed is read as it was rolled up.
DO $do$
DECLARE
    names   text[] := ARRAY['1m', '15m', '1h', '6h', '1d', '7d'];
    widths  text[] := ARRAY['1 minute', '15 minutes', '1 hour', '6 hours', '1 day', '7 days'];
    of_ticks text := $sql$
        SELECT d.bucket, t.item_id, t.source_id, count(*) AS n,
               (array_agg(t.price ORDER BY t.observed_at))[1] AS open, max(t.price) AS high, min(t.price) AS low,
               (array_agg(t.price ORDER BY t.observed_at DESC))[1] AS close, min(t.observed_at) AS open_at,
               sum(t.volume) AS volume_sum, (array_agg(t.volume ORDER BY t.observed_at DESC) FILTER (WHERE t.volume IS NOT NULL))[1] AS volume_last,
               sum(t.price) AS sum_x, sum(t.price * t.price) AS sum_xx, sum(t.t) AS sum_t, sum(t.t::numeric * t.t) AS sum_tt, sum(t.t * t.price) AS sum_tx
        $sql$;
    of_bars text := $sql$
        SELECT d.bucket, b.item_id, b.source_id, sum(b.n)::bigint AS n,
               (array_agg(b.open ORDER BY b.bucket))[1] AS open, max(b.high) AS high, min(b.low) AS low,
               (array_agg(b.close ORDER BY b.bucket DESC))[1] AS close, min(b.open_at) AS open_at,
               sum(b.volume_sum) AS volume_sum, (array_agg(b.volume_last ORDER BY b.bucket DESC) FILTER (WHERE b.volume_last IS NOT NULL))[1] AS volume_last,
               sum(b.sum_x) AS sum_x, sum(b.sum_xx) AS sum_xx, sum(b.sum_t) AS sum_t, sum(b.sum_tt) AS sum_tt, sum(b.sum_tx) AS sum_tx
        $sql$;
    ticks_of text := $sql$
        CROSS JOIN LATERAL (
            SELECT *, (date_part('epoch', observed_at - date_bin(interval '7 days', d.bucket, timestamptz '2000-01-03 00:00+00')) * 1000000)::bigint AS t
            FROM {schema}.tick WHERE observed_at >= d.bucket AND observed_at < d.bucket + interval '1 minute' %s OFFSET 0) t
        GROUP BY d.bucket, t.item_id, t.source_id
        $sql$;
    beside text := $sql$
        UNION ALL
        SELECT date_bin(interval '15 minutes', o.minute, timestamptz '2000-01-03 00:00+00') + s * interval '1 minute'
        FROM (SELECT minute FROM {schema}.dirty UNION ALL SELECT bucket FROM {schema}.dirty_bar WHERE level = 0) o CROSS JOIN generate_series(0, 14) s
        WHERE date_bin(interval '15 minutes', o.minute, timestamptz '2000-01-03 00:00+00') < (SELECT f.at FROM {schema}.bar_floor f WHERE f.level = 0)
        $sql$;
    head text := '(since timestamptz, until timestamptz, first_item int, last_item int) RETURNS SETOF {schema}.bar_1m LANGUAGE sql STABLE AS ';
BEGIN
    FOR i IN 1..6 LOOP
        EXECUTE format(
            $sql$
            CREATE VIEW {schema}.dirty_%1$s AS
            SELECT DISTINCT date_bin(interval '%2$s', at, timestamptz '2000-01-03 00:00+00') AS bucket
            FROM (SELECT minute AS at FROM {schema}.dirty UNION ALL SELECT bucket FROM {schema}.dirty_bar WHERE level < %3$s %4$s) m
            WHERE NOT EXISTS (SELECT 1 FROM {schema}.day d WHERE d.closed AND d.day = (m.at AT TIME ZONE 'UTC')::date)
            $sql$, names[i], widths[i], i, CASE i WHEN 1 THEN beside ELSE '' END);
        EXECUTE format('CREATE FUNCTION {schema}.fresh_%1$s', names[i]) || head || quote_literal(
            CASE i WHEN 1 THEN of_ticks ELSE of_bars END
            || format('FROM (SELECT bucket FROM {schema}.dirty_%1$s WHERE bucket >= since AND bucket < until OFFSET 0) d ', names[i])
            || CASE i WHEN 1 THEN format(ticks_of, 'AND item_id BETWEEN first_item AND last_item')
               ELSE format(
                   'CROSS JOIN LATERAL {schema}.read_%1$s(d.bucket, d.bucket + interval ''%2$s'', first_item, last_item) b GROUP BY d.bucket, b.item_id, b.source_id',
                   names[i - 1], widths[i]) END);
        EXECUTE format('CREATE FUNCTION {schema}.read_%1$s', names[i]) || head || quote_literal(format(
            $sql$
            SELECT s.* FROM {schema}.stored_%1$s(since, until, first_item, last_item) s
            WHERE NOT EXISTS (SELECT 1 FROM {schema}.dirty_%1$s d WHERE d.bucket = s.bucket AND d.bucket >= since AND d.bucket < until)
            UNION ALL SELECT * FROM {schema}.fresh_%1$s(since, until, first_item, last_item)
            $sql$, names[i]));
        EXECUTE format(
            $sql$
            CREATE VIEW {schema}.bars_%1$s AS
            SELECT b.bucket, b.item_id, b.source_id, b.n, b.open, b.high, b.low, b.close, b.open_at,
                   CASE s.volume_kind WHEN 0 THEN b.volume_sum ELSE b.volume_last END AS volume, b.sum_x, b.sum_xx, b.sum_t, b.sum_tt, b.sum_tx
            FROM (
                SELECT * FROM {schema}.kept_%1$s r WHERE NOT EXISTS (SELECT 1 FROM {schema}.dirty_%1$s d WHERE d.bucket = r.bucket)
                UNION ALL
                SELECT * FROM {schema}.fresh_%1$s('-infinity', 'infinity', -2147483648, 2147483647)) b
            JOIN {schema}.source s ON s.id = b.source_id
            $sql$, names[i]);
    END LOOP;

    -- The bars of minutes and of wider buckets, computed anew: what a roll writes.
    EXECUTE 'CREATE FUNCTION {schema}.rolled_1m(buckets timestamptz[]) RETURNS SETOF {schema}.bar_1m LANGUAGE sql STABLE AS ' || quote_literal(
        of_ticks || 'FROM unnest(buckets) d (bucket) ' || format(ticks_of, ''));
    FOR i IN 2..6 LOOP
        EXECUTE format('CREATE FUNCTION {schema}.rolled_%1$s(buckets timestamptz[]) RETURNS SETOF {schema}.bar_1m LANGUAGE sql STABLE AS ', names[i]) || quote_literal(
            of_bars || format(
                'FROM unnest(buckets) d (bucket) CROSS JOIN LATERAL (
                     SELECT * FROM {schema}.kept_%1$s WHERE bucket >= d.bucket AND bucket < d.bucket + interval ''%2$s'' OFFSET 0) b
                 GROUP BY d.bucket, b.item_id, b.source_id',
                names[i - 1], widths[i]));
    END LOOP;
END
$do$;
