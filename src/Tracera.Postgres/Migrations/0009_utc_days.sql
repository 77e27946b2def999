-- A day has 24 hours here whatever the time zone of the session: an interval of days added to an instant has 23 or 25 where the clocks change.
DO $do$
DECLARE
    routine regprocedure;
BEGIN
    FOR routine IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = '{schema}'::regnamespace AND prosrc ~ 'interval ''(1 day|7 days)'''
          AND proname ~ '^((stored|fresh|read|rolled|roll)_(1m|15m|1h|6h|1d|7d)|close_day|marked)$'
        ORDER BY proname
    LOOP
        EXECUTE replace(replace(pg_get_functiondef(routine), 'interval ''1 day''', 'interval ''24 hours'''), 'interval ''7 days''', 'interval ''168 hours''');
    END LOOP;
END
$do$;

-- A week is dirty also where the ticks of its Monday were removed: its mark asks for the days' bars, not for ticks.
CREATE OR REPLACE VIEW {schema}.dirty_7d AS
SELECT DISTINCT date_bin(interval '168 hours', at, timestamptz '2000-01-03 00:00+00') AS bucket
FROM (SELECT minute AS at, 0 AS level FROM {schema}.dirty UNION ALL SELECT bucket, level FROM {schema}.dirty_bar) m
WHERE m.level = 5 OR NOT EXISTS (SELECT 1 FROM {schema}.day d WHERE d.closed AND d.day = (m.at AT TIME ZONE 'UTC')::date);
