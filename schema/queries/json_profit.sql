-- Profit of a plan before penalties and end value.
-- parameters: :plan the plan
-- columns: profit_usd
SELECT profit_usd
FROM plan
WHERE plan = :plan;
