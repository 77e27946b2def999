-- Levels of bars. Buckets count from Monday 2000-01-03 UTC. Sums are exact: x is the price, t the microseconds since the Monday before, so that the buckets
-- of every level add up as they stand.

-- The newest tick of each series among the minutes that were rolled up, and when a tick of it was received last.
CREATE TABLE {schema}.latest (
    item_id          int         NOT NULL,
    source_id        int         NOT NULL,
    observed_at      timestamptz NOT NULL,
    received_at      timestamptz NOT NULL,
    price            numeric     NOT NULL,
    volume           numeric,
    last_received_at timestamptz NOT NULL,
    PRIMARY KEY (item_id, source_id)
) WITH (fillfactor = 70);

-- Buckets of level 1 (fifteen minutes) to 5 (seven days) whose parts changed since they were rolled up; without a key, as dirty.
CREATE TABLE {schema}.dirty_bar (
    level  smallint    NOT NULL,
    bucket timestamptz NOT NULL
);

-- When a tick of a day was written last, as far as retention has to know; ticks of a closed day were removed.
CREATE TABLE {schema}.day (
    day        date        PRIMARY KEY,
    touched_at timestamptz NOT NULL,
    closed     boolean     NOT NULL DEFAULT false
);

-- Bars of a level (0 to 5) that begin before this instant may have been removed.
CREATE TABLE {schema}.bar_floor (
    level smallint    PRIMARY KEY,
    at    timestamptz NOT NULL
);

-- Takes the ticks of minutes into latest.
CREATE FUNCTION {schema}.settle(minutes timestamptz[]) RETURNS void LANGUAGE sql AS $body$
INSERT INTO {schema}.latest AS l (item_id, source_id, observed_at, received_at, price, volume, last_received_at)
SELECT DISTINCT ON (t.item_id, t.source_id)
       t.item_id, t.source_id, t.observed_at, t.received_at, t.price, t.volume, max(t.received_at) OVER (PARTITION BY t.item_id, t.source_id)
FROM unnest(minutes) m (minute)
CROSS JOIN LATERAL (SELECT * FROM {schema}.tick WHERE observed_at >= m.minute AND observed_at < m.minute + interval '1 minute' OFFSET 0) t
ORDER BY t.item_id, t.source_id, t.observed_at DESC
ON CONFLICT (item_id, source_id) DO UPDATE SET
    observed_at = greatest(l.observed_at, excluded.observed_at),
    received_at = CASE WHEN excluded.observed_at >= l.observed_at THEN excluded.received_at ELSE l.received_at END,
    price = CASE WHEN excluded.observed_at >= l.observed_at THEN excluded.price ELSE l.price END,
    volume = CASE WHEN excluded.observed_at >= l.observed_at THEN excluded.volume ELSE l.volume END,
    last_received_at = greatest(l.last_received_at, excluded.last_received_at)
WHERE excluded.observed_at >= l.observed_at OR excluded.last_received_at > l.last_received_at
$body$;
