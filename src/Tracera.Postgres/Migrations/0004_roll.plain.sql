-- Rolls up at most so many dirty minutes that are over: their bars anew from their ticks, and marks for the level above; -1 when somebody else is at it. The
-- marks go first: a tick that is committed after that has a mark of its own, which stays. Where the one-minute bars beside a minute may have been removed, those
-- of its whole quarter of an hour are made again. Where the ticks of a day were removed, a bar is only replaced by one of as many ticks or more.
CREATE FUNCTION {schema}.roll_1m(at timestamptz, most int) RETURNS int LANGUAGE plpgsql AS $body$
DECLARE
    origin  timestamptz := '2000-01-03 00:00+00';
    minutes timestamptz[];
    work    timestamptz[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('tracera/{schema}.roll', 0)) THEN
        RETURN -1;
    END IF;
    WITH gone AS (
        DELETE FROM {schema}.dirty WHERE minute IN (
            SELECT DISTINCT minute FROM {schema}.dirty WHERE minute <= at - interval '1 minute' ORDER BY minute LIMIT most)
        RETURNING minute)
    SELECT array_agg(DISTINCT minute) INTO minutes FROM gone;
    IF minutes IS NULL THEN
        RETURN 0;
    END IF;
    SELECT array_agg(DISTINCT w.minute) INTO work
    FROM unnest(minutes) m (minute)
    CROSS JOIN LATERAL (
        SELECT m.minute
        UNION ALL
        SELECT date_bin(interval '15 minutes', m.minute, origin) + i * interval '1 minute'
        FROM generate_series(0, 14) i
        WHERE date_bin(interval '15 minutes', m.minute, origin) < (SELECT f.at FROM {schema}.bar_floor f WHERE f.level = 0)) w;
    WITH fresh AS MATERIALIZED (
        SELECT * FROM {schema}.rolled_1m(work)
    ), put AS (
        INSERT INTO {schema}.bar_1m AS b SELECT * FROM fresh ORDER BY bucket, item_id, source_id
        ON CONFLICT (bucket, item_id, source_id) DO UPDATE SET
            n = excluded.n, open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, open_at = excluded.open_at,
            volume_sum = excluded.volume_sum, volume_last = excluded.volume_last, sum_x = excluded.sum_x, sum_xx = excluded.sum_xx,
            sum_t = excluded.sum_t, sum_tt = excluded.sum_tt, sum_tx = excluded.sum_tx
        WHERE (b.*) IS DISTINCT FROM (excluded.*)
          AND (excluded.n >= b.n OR NOT EXISTS (SELECT 1 FROM {schema}.day d WHERE d.closed AND d.day = (b.bucket AT TIME ZONE 'UTC')::date)))
    DELETE FROM {schema}.bar_1m b
    WHERE b.bucket = ANY (work)
      AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.bucket = b.bucket AND f.item_id = b.item_id AND f.source_id = b.source_id)
      AND NOT EXISTS (SELECT 1 FROM {schema}.day d WHERE d.closed AND d.day = (b.bucket AT TIME ZONE 'UTC')::date);
    INSERT INTO {schema}.dirty_bar SELECT DISTINCT 1, date_bin(interval '15 minutes', minute, origin) FROM unnest(work) minute;
    PERFORM {schema}.settle(minutes);
    INSERT INTO {schema}.day AS d (day, touched_at) SELECT DISTINCT (minute AT TIME ZONE 'UTC')::date, at FROM unnest(minutes) minute
    ON CONFLICT (day) DO UPDATE SET touched_at = excluded.touched_at;
    RETURN cardinality(minutes);
END
$body$;

-- The same for the levels above, each from the level before.
DO $do$
DECLARE
    names  text[] := ARRAY['1m', '15m', '1h', '6h', '1d', '7d'];
    widths text[] := ARRAY['1 minute', '15 minutes', '1 hour', '6 hours', '1 day', '7 days'];
BEGIN
    FOR i IN 2..6 LOOP
        EXECUTE format(
            $sql$
            CREATE FUNCTION {schema}.roll_%1$s(at timestamptz, most int) RETURNS int LANGUAGE plpgsql AS $body$
            DECLARE
                origin  timestamptz := '2000-01-03 00:00+00';
                buckets timestamptz[];
                least   timestamptz := coalesce((SELECT f.at FROM {schema}.bar_floor f WHERE f.level = %3$s - 1), '-infinity');
            BEGIN
                IF NOT pg_try_advisory_xact_lock(hashtextextended('tracera/{schema}.roll', 0)) THEN
                    RETURN -1;
                END IF;
                WITH gone AS (
                    DELETE FROM {schema}.dirty_bar WHERE level = %3$s AND bucket IN (
                        SELECT DISTINCT bucket FROM {schema}.dirty_bar WHERE level = %3$s AND bucket <= at - interval '%2$s' ORDER BY bucket LIMIT most)
                    RETURNING bucket)
                SELECT array_agg(DISTINCT bucket) INTO buckets FROM gone;
                IF buckets IS NULL THEN
                    RETURN 0;
                END IF;
                WITH fresh AS MATERIALIZED (
                    SELECT * FROM {schema}.rolled_%1$s(buckets)
                ), put AS (
                    INSERT INTO {schema}.bar_%1$s AS b SELECT * FROM fresh ORDER BY bucket, item_id, source_id
                    ON CONFLICT (bucket, item_id, source_id) DO UPDATE SET
                        n = excluded.n, open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, open_at = excluded.open_at,
                        volume_sum = excluded.volume_sum, volume_last = excluded.volume_last, sum_x = excluded.sum_x, sum_xx = excluded.sum_xx,
                        sum_t = excluded.sum_t, sum_tt = excluded.sum_tt, sum_tx = excluded.sum_tx
                    WHERE (b.*) IS DISTINCT FROM (excluded.*) AND (excluded.n >= b.n OR b.bucket >= least))
                DELETE FROM {schema}.bar_%1$s b
                WHERE b.bucket = ANY (buckets) AND b.bucket >= least
                  AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.bucket = b.bucket AND f.item_id = b.item_id AND f.source_id = b.source_id);
                IF %3$s < 5 THEN
                    INSERT INTO {schema}.dirty_bar
                    SELECT DISTINCT %3$s + 1, date_bin(interval '%4$s', bucket, origin) FROM unnest(buckets) bucket;
                END IF;
                RETURN cardinality(buckets);
            END
            $body$
            $sql$, names[i], widths[i], i - 1, widths[least(i + 1, 6)]);
    END LOOP;
END
$do$;
