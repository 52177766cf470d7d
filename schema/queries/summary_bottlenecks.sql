-- The five tool groups whose hours are worth most over the horizon.
-- parameters: :plan the plan, :full utilisation from which a tool group is full
-- columns: tool_group, name, full_periods (hours used up), first_full_period, value_usd (hours x value of one more hour), most_usd_per_hour
SELECT c.tool_group,
       g.name,
       sum(c.utilisation >= :full) AS full_periods,
       min(CASE WHEN c.utilisation >= :full THEN c.period END) AS first_full_period,
       sum(c.available_hours * c.usd_per_hour) AS value_usd,
       max(c.usd_per_hour) AS most_usd_per_hour
FROM plan_capacity AS c
JOIN tool_group AS g ON g.tool_group = c.tool_group
WHERE c.plan = :plan
GROUP BY c.tool_group
HAVING value_usd > 0
ORDER BY value_usd DESC, c.tool_group
LIMIT 5;
