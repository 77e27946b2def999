ALTER TABLE {schema}.tick SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'item_id, source_id', timescaledb.orderby = 'observed_at');

-- Sets a policy unless it is as it should be.
CREATE FUNCTION {schema}.set_policy(relation regclass, kind text, wanted jsonb, remove text, add text) RETURNS boolean LANGUAGE plpgsql AS $body$
DECLARE
    present jsonb;
BEGIN
    SELECT j.config INTO present
    FROM timescaledb_information.jobs j
    LEFT JOIN timescaledb_information.continuous_aggregates c
      ON j.hypertable_schema IN (c.view_schema, c.materialization_hypertable_schema) AND j.hypertable_name IN (c.view_name, c.materialization_hypertable_name)
    WHERE j.proc_name = kind
      AND relation = format('%I.%I', coalesce(c.view_schema, j.hypertable_schema), coalesce(c.view_name, j.hypertable_name))::regclass;
    IF present @> wanted THEN
        RETURN false;
    END IF;
    IF present IS NOT NULL THEN
        EXECUTE remove;
    END IF;
    EXECUTE add;
    RETURN true;
END
$body$;

-- Brings the policies of ticks and bars (from one minute to seven days) to the options. What is refreshed is kept at least twice as long, so that a refresh never
-- covers what was dropped.
CREATE FUNCTION {schema}.set_policies(compress_after interval, keep_ticks interval, keep_bars interval[]) RETURNS int LANGUAGE plpgsql AS $body$
DECLARE
    names  text[] := ARRAY['1m', '15m', '1h', '6h', '1d', '7d'];
    widths interval[] := ARRAY['1 minute', '15 minutes', '1 hour', '6 hours', '1 day', '7 days'];
    ticks  text := '{schema}.tick';
    bar    text;
    start  interval;
    made   int := 0;
BEGIN
    made := made
        + {schema}.set_policy(ticks::regclass, 'policy_compression', jsonb_build_object('compress_after', compress_after),
            format('CALL remove_columnstore_policy(%L)', ticks), format('CALL add_columnstore_policy(%L, after => %L::interval)', ticks, compress_after))::int
        + {schema}.set_policy(ticks::regclass, 'policy_retention', jsonb_build_object('drop_after', keep_ticks),
            format('SELECT remove_retention_policy(%L)', ticks), format('SELECT add_retention_policy(%L, drop_after => %L::interval)', ticks, keep_ticks))::int;
    FOR i IN 1..6 LOOP
        bar := '{schema}.bar_' || names[i];
        start := least(CASE i WHEN 1 THEN keep_ticks ELSE keep_bars[i - 1] END, keep_bars[i]) / 2;
        made := made
            + {schema}.set_policy(bar::regclass, 'policy_retention', jsonb_build_object('drop_after', keep_bars[i]),
                format('SELECT remove_retention_policy(%L)', bar), format('SELECT add_retention_policy(%L, drop_after => %L::interval)', bar, keep_bars[i]))::int
            + {schema}.set_policy(bar::regclass, 'policy_refresh_continuous_aggregate',
                jsonb_build_object('start_offset', start, 'end_offset', widths[i]),
                format('SELECT remove_continuous_aggregate_policy(%L)', bar),
                format(
                    'SELECT add_continuous_aggregate_policy(%L, start_offset => %L::interval, end_offset => %L::interval, schedule_interval => %L::interval)',
                    bar, start, widths[i], least(widths[i], interval '1 hour')))::int;
    END LOOP;
    RETURN made;
END
$body$;
