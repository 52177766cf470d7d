-- Sources with a minimum (take or pay): what the contract asks for and what is started, by year; what is missing at the price of a start.
SELECT s.source, coalesce(so.supplier, so.line) AS with_whom, so.item, per.year, sum(s.min_starts) AS minimum, sum(s.starts) AS starts, sum(s.starts_missing) AS missing,
       sum(s.starts_missing * s.usd_per_start) / nullif(sum(s.starts_missing), 0) AS usd_per_start
FROM plan_start AS s JOIN so ON so.source = s.source JOIN per ON per.period = s.period
WHERE s.plan = :plan AND s.min_starts > 0
GROUP BY s.source, per.year
ORDER BY s.source, per.year
