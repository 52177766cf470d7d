-- The input table capex_budget as it is now.
SELECT * FROM capex_budget ORDER BY from_date
