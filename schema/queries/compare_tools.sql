-- Tools ordered over the horizon; the largest difference of their price first.
-- parameters: :base, :plan
-- columns: plan, tool_group, tools_before, tools_after, usd_change (paid)
WITH bought AS (
    SELECT plan, tool_group, sum(tools) AS tools, sum(usd) AS usd FROM plan_purchase WHERE event = 'order' AND plan IN (:base, :plan) GROUP BY plan, tool_group
), names AS (SELECT DISTINCT tool_group FROM bought)
SELECT :plan AS plan, n.tool_group, coalesce(b.tools, 0) AS tools_before, coalesce(a.tools, 0) AS tools_after, coalesce(a.usd, 0) - coalesce(b.usd, 0) AS usd_change
FROM names AS n
LEFT JOIN bought AS b ON b.tool_group = n.tool_group AND b.plan = :base
LEFT JOIN bought AS a ON a.tool_group = n.tool_group AND a.plan = :plan
WHERE abs(coalesce(a.usd, 0) - coalesce(b.usd, 0)) > 1e-6 * max(1, coalesce(b.usd, 0), coalesce(a.usd, 0))
ORDER BY abs(coalesce(a.usd, 0) - coalesce(b.usd, 0)) DESC, n.tool_group
LIMIT 10;
