-- Tools removed.
-- parameters: :plan the plan
-- columns: tool_group, period, tools, removal_usd (of all of them)
SELECT t.tool_group, t.period, t.tools, t.usd AS removal_usd
FROM plan_purchase AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
  AND t.event = 'removal'
ORDER BY t.tool_group, p.number;
