-- Hours of every tool group and period, and what one more is worth.
-- parameters: :plan the plan
-- columns: tool_group, period, available_hours, used_hours, utilisation, usd_per_hour
SELECT tool_group, c.period, available_hours, used_hours, utilisation, usd_per_hour
FROM plan_capacity AS c
JOIN plan_period AS p ON p.plan = c.plan AND p.period = c.period
WHERE c.plan = :plan
ORDER BY tool_group, p.number;
