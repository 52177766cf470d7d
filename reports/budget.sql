-- Money for tools by period: what is there, what is spent, what one more dollar would be worth.
SELECT 'budget' AS key, 'Money for tools, cumulative' AS label, b.period, b.budget_usd, b.spent_usd, b.budget_usd - b.spent_usd AS left_usd,
       CASE WHEN b.budget_usd IS NOT NULL THEN '={budget_usd}-{spent_usd}' END AS left_formula, b.usd_per_usd,
       x.period IS NOT NULL AS binds
FROM plan_budget AS b JOIN plan_period AS p ON p.plan = b.plan AND p.period = b.period
LEFT JOIN plan_binding AS x ON x.plan = b.plan AND x.what = 'budget' AND x.period = b.period
WHERE b.plan = :plan
ORDER BY p.number
