-- Bars of days and weeks that an earlier version made of 23 or 25 hours are made again.
INSERT INTO {schema}.dirty_bar (level, bucket)
SELECT 4, d.bucket FROM (SELECT bucket, sum(n) AS n FROM {schema}.bar_1d GROUP BY bucket) d
WHERE d.bucket >= coalesce((SELECT at FROM {schema}.bar_floor WHERE level = 3), '-infinity')
  AND d.n <> (SELECT coalesce(sum(p.n), 0) FROM {schema}.bar_6h p WHERE p.bucket >= d.bucket AND p.bucket < d.bucket + interval '24 hours')
UNION ALL
SELECT 5, w.bucket FROM (SELECT bucket, sum(n) AS n FROM {schema}.bar_7d GROUP BY bucket) w
WHERE w.bucket >= coalesce((SELECT at FROM {schema}.bar_floor WHERE level = 4), '-infinity')
  AND w.n <> (SELECT coalesce(sum(p.n), 0) FROM {schema}.bar_1d p WHERE p.bucket >= w.bucket AND p.bucket < w.bucket + interval '168 hours');
