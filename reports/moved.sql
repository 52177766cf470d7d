-- Hours moved to alternates.
SELECT m.tool_group, m.alternate, m.route, m.step, m.period, m.hours, m.usd
FROM plan_moved AS m JOIN plan_period AS p ON p.plan = m.plan AND p.period = m.period
WHERE m.plan = :plan AND m.hours > {NOTHING} ORDER BY m.tool_group, m.alternate, m.route, m.step, p.number
