-- Gives the partition of a day its index by item, for whoever may write ticks but does not own them. True when it was made. It holds up those who write to that
-- day while it works, so it is for days to which nothing is written any more; beside writers, their owner can make it.
CREATE FUNCTION {schema}.index_day(which date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    part text := 'tick_y' || to_char(which, 'YYYY"m"MM"d"DD');
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('tracera/{schema}.retention', 0))
       OR NOT EXISTS (SELECT 1 FROM {schema}.tick_day d WHERE d.day = which AND NOT d.has_index) THEN
        RETURN false;
    END IF;
    SET LOCAL lock_timeout = '100ms';
    EXECUTE format('DROP INDEX IF EXISTS {schema}.%1$I', part || '_by_item');
    EXECUTE format('CREATE INDEX %2$I ON {schema}.%1$I (item_id, source_id, observed_at)', part, part || '_by_item');
    RETURN true;
END
$body$;
REVOKE ALL ON FUNCTION {schema}.close_day(date, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION {schema}.index_day(date) FROM PUBLIC;
