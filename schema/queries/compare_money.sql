-- Two plans' money, discounted, as in the objective; what is 0 in both is left out.
-- parameters: :base, :plan
-- columns: plan, figure, before, after, change
WITH figures(number, plan, figure, usd) AS (
    SELECT 1, plan, 'objective', objective_usd FROM plan
    UNION ALL SELECT 2, plan, 'profit', profit_usd FROM plan
    UNION ALL SELECT 3, plan, 'revenue', revenue_usd FROM plan
    UNION ALL SELECT 4, plan, 'cost of starts', cost_usd FROM plan
    UNION ALL SELECT 5, plan, 'tools', capex_usd FROM plan
    UNION ALL SELECT 6, plan, 'power', power_usd FROM plan
    UNION ALL SELECT 7, plan, 'holding', holding_usd FROM plan
    UNION ALL SELECT 8, plan, 'substitution', substitution_usd FROM plan
    UNION ALL SELECT 9, plan, 'removals', removal_usd FROM plan
    UNION ALL SELECT 9.1, plan, 'discards', discard_usd FROM plan
    UNION ALL SELECT 9.2, plan, 'hours moved', moved_usd FROM plan
    UNION ALL SELECT 9.3, plan, 'fixed charges', fixed_usd FROM plan
    UNION ALL SELECT 10, plan, 'worth at the end', end_value_usd FROM plan
    UNION ALL SELECT 11, plan, 'tail', tail_usd FROM plan
    UNION ALL SELECT 12, plan, 'penalties', shortage_usd + late_usd + commitment_usd + shortfall_usd + target_usd + cumulated_usd FROM plan
)
SELECT :plan AS plan, a.figure, b.usd AS before, a.usd AS after, a.usd - b.usd AS change
FROM figures AS a JOIN figures AS b ON b.number = a.number AND b.plan = :base
WHERE a.plan = :plan AND (a.usd <> 0 OR b.usd <> 0)
ORDER BY a.number;
