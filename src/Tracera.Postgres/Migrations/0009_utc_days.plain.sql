-- Removes bars of a level (0 to 5) that begin before an instant, at most so many, unless a mark waits there for bars of this level or of one that they are made
-- from. Days that were written to since another instant stay.
CREATE OR REPLACE FUNCTION {schema}.purge_bars(which int, before timestamptz, touched_before timestamptz, most int) RETURNS int LANGUAGE plpgsql AS $body$
DECLARE
    place   text := 'bar_' || (ARRAY['1m', '15m', '1h', '6h', '1d', '7d'])[which + 1];
    removed int;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('tracera/{schema}.roll', 0))
       OR EXISTS (SELECT 1 FROM {schema}.dirty WHERE minute < before)
       OR EXISTS (SELECT 1 FROM {schema}.dirty_bar WHERE bucket < before AND level <= which + 1) THEN
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
