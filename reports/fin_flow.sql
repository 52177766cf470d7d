,
  lines(number, part, key, what, formula, note) AS (
    SELECT 1, 'Into unit costs', 'opening', 'Stock of the first day, at unit value', '=SUMPRODUCT({what:fin_unit.opening_usd}*{totals:fin_unit})', 'sheet Unit cost'
    UNION ALL SELECT 2, NULL, 'received', 'Receipts and lots of the first day, at unit value', '={sum:fin_unit.received_usd}', 'sheet Unit cost'
    UNION ALL SELECT 3, NULL, 'starts', 'Price of starts: wafers, assembly, bought parts', '={sum:fin_starts.own_usd}', 'sheet Cost of starts'
    UNION ALL SELECT 4, NULL, 'power', 'Power of the hours of starts', '={sum:fin_starts.own_power_usd}', 'sheets Energy, Cost of starts'
    UNION ALL SELECT 5, NULL, 'tools', 'Depreciation of the hours of starts', '={sum:fin_starts.own_tools_usd}', 'sheets Tool hours, Depreciation'
    UNION ALL SELECT 6, 'Out of unit costs', 'sales', 'Cost of sales', '={sum:fin_unit.shipped_usd}', 'sheets Customers, Margin, Revenue'
    UNION ALL SELECT 7, NULL, 'closing', 'Stock at the end', '=SUMPRODUCT({what:fin_unit.closing_usd}*{totals:fin_unit})', 'sheet Unit cost'
    UNION ALL SELECT 8, NULL, 'unfinished', 'Unfinished at the end', '={sum:fin_starts.unfinished_usd}', 'sheet Cost of starts'
    UNION ALL SELECT 9, NULL, 'discarded', 'Thrown away, at unit cost', '={sum:fin_unit.discarded_usd}', 'sheet Unit cost'
    UNION ALL SELECT 10, NULL, 'lots', 'Components of lots of the first day', '={sum:fin_unit.lots_usd}', 'sheet Unit cost'
    UNION ALL SELECT 11, NULL, 'loops', 'Loops: taken at the mean less taken at opening cost', '={sum:fin_unit.taken_usd}-{sum:fin_unit.lots_usd}-{sum:fin_components.usd}-{sum:fin_instead.usd}', 'sheets Unit cost, Components, Substitutes'
    UNION ALL SELECT 12, 'In no unit cost', 'fixed', 'Fixed charges', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Fixed charges")', 'sheet Cost'
    UNION ALL SELECT 13, NULL, 'substitution', 'Substitution', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Substitution")', 'sheet Cost'
    UNION ALL SELECT 14, NULL, 'holding', 'Holding', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Holding")', 'sheet Cost'
    UNION ALL SELECT 15, NULL, 'base', 'Base load', '=SUMIFS({column:fin_energy.usd},{column:fin_energy.source},"base load")', 'sheet Energy'
    UNION ALL SELECT 16, NULL, 'lots_power', 'Power of lots of the first day', '=SUMIFS({column:fin_energy.usd},{column:fin_energy.started},"lots of the first day")', 'sheet Energy'
    UNION ALL SELECT 17, NULL, 'lots_tools', 'Depreciation of lots of the first day', '=SUMIFS({column:fin_work.usd},{column:fin_work.started},"lots of the first day")', 'sheet Tool hours'
    UNION ALL SELECT 18, NULL, 'unused', 'Depreciation of periods in which no hour is used', '={sum:fin_depreciation.unused_usd}', 'sheet Depreciation'
    UNION ALL SELECT 19, NULL, 'removal', 'Removal of tools', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Removal of tools")', 'sheet Cost'
    UNION ALL SELECT 20, NULL, 'discard', 'Thrown away: what it costs besides', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Thrown away")', 'sheet Cost'
    UNION ALL SELECT 21, NULL, 'moved', 'Hours moved to alternates', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Hours moved to alternates")', 'sheet Cost'
    UNION ALL SELECT 22, NULL, 'contracts', 'Shortfalls of contracts (take or pay), beside the profit', '={sum:fin_contracts.usd}', 'sheet Take or pay'
    UNION ALL SELECT 23, NULL, 'unknown', 'Power and depreciation of hours: the plan is from before they were kept', '=SUMIFS({column:fin_cost.usd},{column:fin_cost.kind},"Power")-{sum:fin_energy.usd}+{sum:fin_depreciation.depreciation_usd}-{sum:fin_depreciation.unused_usd}', 'make the plan anew'
      WHERE NOT EXISTS (SELECT 1 FROM plan_work WHERE plan = :plan) AND EXISTS (SELECT 1 FROM plan_capacity WHERE plan = :plan AND load_hours > {NOTHING}))
-- Where every dollar that is spent is: in unit costs, and out of them again, or in none.
SELECT part, key, what, formula, note FROM lines ORDER BY number
