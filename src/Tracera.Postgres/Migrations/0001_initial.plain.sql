CREATE TABLE {schema}.tick (
    observed_at timestamptz NOT NULL,
    item_id     int         NOT NULL,
    source_id   int         NOT NULL,
    price       numeric     NOT NULL CONSTRAINT tick_price_above_zero CHECK (price > 0),
    volume      numeric     CONSTRAINT tick_volume_not_negative CHECK (volume >= 0),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (observed_at, item_id, source_id)
) PARTITION BY RANGE (observed_at);

-- Makes the partitions of the UTC days from the first instant to the second, both included, where they are missing. A partition is made beside the table
-- and attached, which does not wait for those who write. It runs with its owner's rights, so that whoever writes ticks need not own the table.
CREATE FUNCTION {schema}.ensure_tick_partitions(from_at timestamptz, to_at timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    day   date := (from_at AT TIME ZONE 'UTC')::date;
    last  date := (to_at AT TIME ZONE 'UTC')::date;
    part  text;
    begins timestamptz;
    ends   timestamptz;
    made  int := 0;
BEGIN
    WHILE day <= last LOOP
        part := 'tick_y' || to_char(day, 'YYYY"m"MM"d"DD');
        IF to_regclass('{schema}.' || part) IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtextextended('tracera/{schema}.tick', 0));
            -- A query, since a look-up by name may still be answered from what this session knew before it waited.
            IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = part AND relnamespace = '{schema}'::regnamespace) THEN
                begins := day::timestamp AT TIME ZONE 'UTC';
                ends := (day + 1)::timestamp AT TIME ZONE 'UTC';
                EXECUTE format('CREATE TABLE {schema}.%I (LIKE {schema}.tick INCLUDING ALL, CONSTRAINT tick_day CHECK (observed_at >= %L AND observed_at < %L))', part, begins, ends);
                EXECUTE format('ALTER TABLE {schema}.tick ATTACH PARTITION {schema}.%I FOR VALUES FROM (%L) TO (%L)', part, begins, ends);
                EXECUTE format('ALTER TABLE {schema}.%I DROP CONSTRAINT tick_day', part);
                made := made + 1;
            END IF;
        END IF;
        day := day + 1;
    END LOOP;
    RETURN made;
END
$body$;
REVOKE ALL ON FUNCTION {schema}.ensure_tick_partitions(timestamptz, timestamptz) FROM PUBLIC;
