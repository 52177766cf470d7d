-- Money for tools by period: what is there, what is spent, what one more dollar would be worth.
SELECT 'budget' AS key, 'Money for tools, cumulative' AS label, b.period, b.budget_usd, b.spent_usd,
       CASE WHEN b.budget_usd IS NOT NULL THEN '={budget_usd}-{spent_usd}' END AS left_formula, b.usd_per_usd
FROM plan_budget AS b JOIN plan_period AS p ON p.plan = b.plan AND p.period = b.period
WHERE b.plan = :plan
ORDER BY p.number
