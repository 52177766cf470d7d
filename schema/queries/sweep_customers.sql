-- Purpose: what each customer gets, in the base and over the runs; money of its own day.
-- Parameters: :sweep. Columns: customer, base_fill, mean_fill, p10_fill, p50_fill, p90_fill, base_shipped_usd, mean_shipped_usd, p10_shipped_usd, p50_shipped_usd, p90_shipped_usd.
SELECT s.key AS customer, f.base AS base_fill, f.mean AS mean_fill, f.p10 AS p10_fill, f.p50 AS p50_fill, f.p90 AS p90_fill,
       s.base AS base_shipped_usd, s.mean AS mean_shipped_usd, s.p10 AS p10_shipped_usd, s.p50 AS p50_shipped_usd, s.p90 AS p90_shipped_usd
FROM sweep_range AS s
LEFT JOIN sweep_range AS f ON f.sweep = s.sweep AND f.what = 'fill' AND f.key = s.key
WHERE s.sweep = :sweep AND s.what = 'shipped_usd'
ORDER BY s.base DESC, s.key;
