-- Tool group x period: share of the available hours that is used. Groups without load are left out, the fullest come first.
WITH used AS (SELECT tool_group, max(iif(available_hours > 0, used_hours / available_hours, 0)) AS most, sum(used_hours) / sum(available_hours) AS mean
              FROM plan_capacity WHERE plan = :plan GROUP BY tool_group HAVING sum(used_hours) > {NOTHING} AND sum(available_hours) > 0)
SELECT c.tool_group, c.period, iif(c.available_hours > 0, c.used_hours / c.available_hours, 0) AS utilisation
FROM plan_capacity AS c JOIN used AS u ON u.tool_group = c.tool_group JOIN plan_period AS p ON p.plan = c.plan AND p.period = c.period
WHERE c.plan = :plan
ORDER BY u.mean DESC, c.tool_group, p.number
