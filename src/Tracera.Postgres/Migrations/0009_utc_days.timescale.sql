-- The buckets of a level that are over and wait to be refreshed, the oldest first, and how: 0 as they are; 1 anew with everything beside them, because the bars of
-- minutes may have been dropped; 2 not at all, because ticks of the day were dropped, so that the bars of at least one series hold more than is left of it.
CREATE OR REPLACE FUNCTION {schema}.marked(which int, width interval, at timestamptz, most int, ticks_from timestamptz, minutes_from timestamptz)
RETURNS TABLE (bucket timestamptz, how int) LANGUAGE sql STABLE AS $body$
WITH marks AS (
    SELECT DISTINCT m.bucket, date_bin(interval '24 hours', m.bucket, timestamptz '2000-01-03 00:00+00') AS day
    FROM {schema}.dirty_bar m WHERE m.level = which AND m.bucket <= at - width ORDER BY 1 LIMIT most
), old AS MATERIALIZED (
    SELECT d.day, EXISTS (
        SELECT 1 FROM {schema}.kept_1d k
        LEFT JOIN (
            SELECT t.item_id, t.source_id, count(*) AS n FROM {schema}.tick t
            WHERE t.observed_at >= d.day AND t.observed_at < d.day + interval '24 hours' GROUP BY 1, 2) left_over
        ON left_over.item_id = k.item_id AND left_over.source_id = k.source_id
        WHERE k.bucket = d.day AND k.n > coalesce(left_over.n, 0)) AS is_closed
    FROM (SELECT DISTINCT day FROM marks WHERE day < ticks_from AND which = 0) d)
SELECT m.bucket, CASE WHEN o.is_closed THEN 2 WHEN which = 0 AND m.day < minutes_from THEN 1 ELSE 0 END
FROM marks m LEFT JOIN old o ON o.day = m.day ORDER BY 1
$body$;
