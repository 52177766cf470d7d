-- Limits that bind in more or fewer periods, those whose worth changes most first: what they are worth at most is multiplier x limit, discounted, over the periods in which they bind.
-- parameters: :base, :plan
-- columns: plan, limit, periods_before, periods_after, at_most_usd_before, at_most_usd_after
WITH bound AS (
    SELECT plan, CASE what WHEN 'hours' THEN 'hours of ' WHEN 'budget' THEN 'budget' WHEN 'power' THEN 'power of ' WHEN 'floor' THEN 'floor of ' WHEN 'rate' THEN 'starts of line '
                           WHEN 'growth' THEN 'ramp of line ' WHEN 'fall' THEN 'fall of line ' WHEN 'starts' THEN 'maximum of ' WHEN 'shipments' THEN 'what is taken by ' ELSE 'delivery of ' END
           || iif(what = 'budget', '', key) || iif(part = '', '', ' of ' || part) AS name, count(*) AS periods, sum(usd) AS usd
    FROM plan_binding
    WHERE plan IN (:base, :plan)
    GROUP BY plan, name
), names AS (SELECT DISTINCT name FROM bound)
SELECT :plan AS plan, n.name AS "limit", coalesce(b.periods, 0) AS periods_before, coalesce(a.periods, 0) AS periods_after, coalesce(b.usd, 0) AS at_most_usd_before, coalesce(a.usd, 0) AS at_most_usd_after
FROM names AS n
LEFT JOIN bound AS b ON b.name = n.name AND b.plan = :base
LEFT JOIN bound AS a ON a.name = n.name AND a.plan = :plan
WHERE abs(coalesce(a.usd, 0) - coalesce(b.usd, 0)) > 1e-9 * (SELECT abs(objective_usd) FROM plan WHERE plan = :base)
ORDER BY abs(coalesce(a.usd, 0) - coalesce(b.usd, 0)) DESC, n.name
LIMIT 10;
