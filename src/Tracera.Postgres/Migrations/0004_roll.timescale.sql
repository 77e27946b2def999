-- Takes at most so many dirty minutes that are over to the marks of level 0, which only the roller changes: they stay dirty until they are refreshed.
CREATE FUNCTION {schema}.take_minutes(at timestamptz, most int) RETURNS void LANGUAGE sql AS $body$
WITH gone AS (
    DELETE FROM {schema}.dirty WHERE minute IN (
        SELECT DISTINCT minute FROM {schema}.dirty WHERE minute <= at - interval '1 minute' ORDER BY minute LIMIT most)
    RETURNING minute)
INSERT INTO {schema}.dirty_bar SELECT DISTINCT 0, minute FROM gone
$body$;

-- The buckets of a level that are over and wait to be refreshed, the oldest first, and how: 0 as they are; 1 anew with everything beside them, because the bars of
-- minutes may have been dropped; 2 not at all, because ticks of the day were dropped and its bars hold more than is left.
CREATE FUNCTION {schema}.marked(which int, width interval, at timestamptz, most int, ticks_from timestamptz, minutes_from timestamptz)
RETURNS TABLE (bucket timestamptz, how int) LANGUAGE sql STABLE AS $body$
WITH marks AS (
    SELECT DISTINCT m.bucket, date_bin(interval '1 day', m.bucket, timestamptz '2000-01-03 00:00+00') AS day
    FROM {schema}.dirty_bar m WHERE m.level = which AND m.bucket <= at - width ORDER BY 1 LIMIT most
), old AS MATERIALIZED (
    SELECT d.day, (SELECT coalesce(sum(k.n), 0) FROM {schema}.kept_1d k WHERE k.bucket = d.day)
                > (SELECT count(*) FROM {schema}.tick t WHERE t.observed_at >= d.day AND t.observed_at < d.day + interval '1 day') AS is_closed
    FROM (SELECT DISTINCT day FROM marks WHERE day < ticks_from AND which = 0) d)
SELECT m.bucket, CASE WHEN o.is_closed THEN 2 WHEN which = 0 AND m.day < minutes_from THEN 1 ELSE 0 END
FROM marks m LEFT JOIN old o ON o.day = m.day ORDER BY 1
$body$;

-- The buckets of a level were refreshed, or need not be: their marks go, and the level above gets its own.
CREATE FUNCTION {schema}.refreshed(which int, done timestamptz[], changed timestamptz[], next_width interval) RETURNS void LANGUAGE sql AS $body$
DELETE FROM {schema}.dirty_bar WHERE level = which AND bucket = ANY (done);
INSERT INTO {schema}.dirty_bar
SELECT DISTINCT which + 1, date_bin(next_width, bucket, timestamptz '2000-01-03 00:00+00') FROM unnest(changed) bucket WHERE which < 5;
$body$;
