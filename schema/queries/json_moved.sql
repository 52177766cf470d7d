-- Hours done on other tool groups, and what they cost of their own day.
-- parameters: :plan the plan
-- columns: tool_group, alternate, route (NULL: every one), step (NULL: every one), period, hours, usd
SELECT t.tool_group, t.alternate, nullif(t.route, '') AS route, nullif(t.step, -1) AS step, t.period, t.hours, t.usd
FROM plan_offload AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.tool_group, t.alternate, t.route, t.step, p.number;
