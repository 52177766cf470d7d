-- Tools ordered.
-- parameters: :plan the plan
-- columns: tool_group, period (of the order), delivered (date), tools, price_usd (of all of them), charged_usd (the part that the horizon bears)
SELECT t.tool_group, t.period, t.delivery_date AS delivered, t.tools, t.usd AS price_usd, t.charged_usd
FROM plan_purchase AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
  AND t.event = 'order'
ORDER BY t.tool_group, p.number;
