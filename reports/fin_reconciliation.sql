,
  d AS (SELECT period, discount FROM plan_period WHERE plan = :plan),
  rows(number, key, what, formula, independent) AS (
    SELECT 1, 'revenue', 'Revenue', '={sum:fin_revenue.discounted_usd}', (SELECT total(s.revenue_usd * d.discount) FROM plan_shipment AS s JOIN d ON d.period = s.period WHERE s.plan = :plan)
    UNION ALL SELECT 2, 'starts', 'Cost of starts', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Wafers")-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Assembly")-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Bought parts")', cost_usd FROM p
    UNION ALL SELECT 3, 'fixed', 'Fixed charges', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Fixed charges")', fixed_usd FROM p
    UNION ALL SELECT 4, 'substitution', 'Substitution', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Substitution")', substitution_usd FROM p
    UNION ALL SELECT 5, 'holding', 'Holding', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Holding")', holding_usd FROM p
    UNION ALL SELECT 6, 'power', 'Power', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Power")', power_usd FROM p
    UNION ALL SELECT 7, 'removal', 'Removal of tools', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Removal of tools")', removal_usd FROM p
    UNION ALL SELECT 8, 'discard', 'Thrown away', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Thrown away")', discard_usd FROM p
    UNION ALL SELECT 9, 'moved', 'Hours moved to alternates', '=-SUMIFS({column:fin_cost.discounted_usd},{column:fin_cost.kind},"Hours moved to alternates")', moved_usd FROM p
    UNION ALL SELECT 10, 'tools', 'Tools, charged', '=-{sum:fin_capex.discounted_usd}', capex_usd FROM p
    UNION ALL SELECT 11, 'penalties', 'Penalties: short, late, promises, minimum starts', '=-{sum:fin_penalties.discounted_usd}', (SELECT -total(x.usd) FROM (
        SELECT d.discount * (m.shortage_usd + m.commitment_usd) AS usd FROM plan_demand AS m JOIN d ON d.period = m.period WHERE m.plan = :plan
        UNION ALL SELECT d.discount * l.late_usd FROM plan_lateness AS l JOIN d ON d.period = l.period WHERE l.plan = :plan
        UNION ALL SELECT d.discount * g.usd FROM plan_target AS g JOIN d ON d.period = g.period WHERE g.plan = :plan
        UNION ALL SELECT t.discount * c.usd FROM plan_cumulated AS c JOIN plan_period AS t ON t.plan = c.plan AND t.start_date <= c.by_date AND c.by_date < t.end_date WHERE c.plan = :plan
        UNION ALL SELECT d.discount * s.shortfall_usd FROM plan_start AS s JOIN d ON d.period = s.period WHERE s.plan = :plan) AS x)
    UNION ALL SELECT 12, 'end', 'Worth of what is left', '={sum:fin_end.discounted_usd}', end_value_usd FROM p),
  -- orders of the horizon that leave behind its last day, and what the plan holds besides
  behind AS (
    SELECT total(usd) AS usd FROM (
      SELECT s.revenue_usd * t.discount AS usd FROM plan_shipment AS s JOIN plan_tail_period AS t ON t.plan = s.plan AND t.period = s.period WHERE s.plan = :plan
      UNION ALL SELECT -l.late_usd * t.discount FROM plan_lateness AS l JOIN plan_tail_period AS t ON t.plan = l.plan AND t.period = l.period WHERE l.plan = :plan)),
  other AS (SELECT behind.usd + tail_usd + calm_usd + policy_usd + change_usd AS usd FROM p, behind),
  every AS (
    SELECT * FROM rows
    UNION ALL SELECT 13, 'other', 'Tail, late orders behind the last day, calm, policy, changes: as planned', NULL, usd FROM other)
-- The money of the objective by kind: of this workbook, and of the database. Discounted.
SELECT number, key, what, formula, iif(formula IS NULL, independent, NULL) AS value, independent FROM every
UNION ALL
SELECT 14, 'objective', 'Objective', (SELECT '=' || group_concat('{cell:fin_reconciliation.' || key || '}', '+') FROM (SELECT key FROM every ORDER BY number)), NULL, objective_usd FROM p
ORDER BY number
