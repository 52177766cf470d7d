-- What each customer gets, in the base and over the runs.
SELECT s.key AS customer, f.base AS base_fill, f.p10 AS p10_fill, f.p50 AS p50_fill, f.p90 AS p90_fill, f.p90 - f.p10 AS spread,
       s.base AS base_shipped_usd, s.p10 AS p10_shipped_usd, s.p50 AS p50_shipped_usd, s.p90 AS p90_shipped_usd
FROM sweep_range AS s
LEFT JOIN sweep_range AS f ON f.sweep = s.sweep AND f.what = 'fill' AND f.key = s.key
WHERE s.sweep = :sweep AND s.what = 'shipped_usd'
ORDER BY s.base DESC, s.key
