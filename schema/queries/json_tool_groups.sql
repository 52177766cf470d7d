-- Hours of every tool group and period, and what one more is worth at most, discounted.
-- parameters: :plan the plan
-- columns: tool_group, period, available_hours, used_hours, utilisation (of the available hours), utilisation_of_uptime (without maintenance by units), usd_per_hour
SELECT t.tool_group, t.period, t.available_hours, t.used_hours, t.utilisation, COALESCE(t.utilisation_of_uptime, t.utilisation * t.max_utilisation) AS utilisation_of_uptime,
       t.usd_per_hour * p.discount AS usd_per_hour
FROM plan_capacity AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.tool_group, p.number;
