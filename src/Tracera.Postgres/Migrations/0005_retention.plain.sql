-- The days that have a partition.
CREATE VIEW {schema}.tick_day AS
SELECT to_date(substr(c.relname, 7), 'YYYY"m"MM"d"DD') AS day, c.relname::text AS partition,
       EXISTS (SELECT 1 FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
               WHERE i.indrelid = c.oid AND x.relname = c.relname || '_by_item' AND i.indisvalid) AS has_index
FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
WHERE h.inhparent = '{schema}.tick'::regclass;

-- Removes the ticks of a day, once none of its minutes waits to be rolled up and none was written to since an instant. True when they are gone. It runs with its
-- owner's rights, as what makes partitions does.
CREATE FUNCTION {schema}.close_day(which date, touched_before timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    begins timestamptz := which::timestamp AT TIME ZONE 'UTC';
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('tracera/{schema}.retention', 0))
       OR NOT EXISTS (SELECT 1 FROM {schema}.tick_day d WHERE d.day = which)
       OR EXISTS (SELECT 1 FROM {schema}.dirty WHERE minute >= begins AND minute < begins + interval '1 day')
       OR EXISTS (SELECT 1 FROM {schema}.day d WHERE d.day = which AND d.touched_at >= touched_before) THEN
        RETURN false;
    END IF;
    SET LOCAL lock_timeout = '100ms';
    EXECUTE format('ALTER TABLE {schema}.tick DETACH PARTITION {schema}.%1$I', 'tick_y' || to_char(which, 'YYYY"m"MM"d"DD'));
    -- Whoever wrote before the partition was locked has left a mark.
    IF EXISTS (SELECT 1 FROM {schema}.dirty WHERE minute >= begins AND minute < begins + interval '1 day') THEN
        RAISE lock_not_available USING MESSAGE = 'the day is being written to';
    END IF;
    EXECUTE format('DROP TABLE {schema}.%1$I', 'tick_y' || to_char(which, 'YYYY"m"MM"d"DD'));
    INSERT INTO {schema}.day AS d (day, touched_at, closed) VALUES (which, '-infinity', true) ON CONFLICT (day) DO UPDATE SET closed = true;
    RETURN true;
END
$body$;

-- Removes bars of a level (0 to 5) that begin before an instant, at most so many, unless a mark waits there. Days that were written to since another instant stay.
CREATE FUNCTION {schema}.purge_bars(which int, before timestamptz, touched_before timestamptz, most int) RETURNS int LANGUAGE plpgsql AS $body$
DECLARE
    place   text := 'bar_' || (ARRAY['1m', '15m', '1h', '6h', '1d', '7d'])[which + 1];
    removed int;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('tracera/{schema}.roll', 0))
       OR EXISTS (SELECT 1 FROM {schema}.dirty WHERE minute < before)
       OR EXISTS (SELECT 1 FROM {schema}.dirty_bar WHERE bucket < before) THEN
        RETURN 0;
    END IF;
    EXECUTE format(
        $sql$
        DELETE FROM {schema}.%1$I b USING (
            SELECT bucket, item_id, source_id FROM {schema}.%1$I
            WHERE bucket < $1 AND (bucket AT TIME ZONE 'UTC')::date <> ALL (ARRAY(SELECT day FROM {schema}.day WHERE touched_at >= $2))
            ORDER BY bucket LIMIT $3) o
        WHERE b.bucket = o.bucket AND b.item_id = o.item_id AND b.source_id = o.source_id
        $sql$, place) USING before, touched_before, most;
    GET DIAGNOSTICS removed = ROW_COUNT;
    IF removed > 0 THEN
        INSERT INTO {schema}.bar_floor AS f (level, at) VALUES (which, before)
        ON CONFLICT (level) DO UPDATE SET at = greatest(f.at, excluded.at);
    END IF;
    RETURN removed;
END
$body$;
