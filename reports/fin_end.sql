,
  ends AS (SELECT julianday(horizon_end) - julianday(horizon_start) AS day FROM p),
  parts AS (
    SELECT 1 AS part, 'Stock at the end' AS kind, s.item, it.n, s.closing AS quantity FROM plan_stock AS s JOIN it ON it.item = s.item JOIN per ON per.period = s.period
    WHERE s.plan = :plan AND per.number = (SELECT max(number) FROM per) AND s.closing > {NOTHING}
    UNION ALL
    SELECT 2, 'Unfinished, started by the plan', it.item, it.n, sum(s.good_units * (1 - s.arriving_share) * coalesce(o.share, 1.0))
    FROM plan_start AS s JOIN so ON so.source = s.source JOIN per ON per.period = s.period LEFT JOIN source_output AS o ON o.source = s.source JOIN it ON it.item = coalesce(o.item, so.item)
    WHERE s.plan = :plan AND s.good_units * (1 - s.arriving_share) > {NOTHING} GROUP BY it.item),
  at_end AS (SELECT parts.*, it.unit_value_usd FROM parts JOIN it ON it.n = parts.n WHERE NOT EXISTS (SELECT 1 FROM plan_tail_period WHERE plan = :plan)),
  known AS (SELECT total(quantity * coalesce(unit_value_usd, 0)) * (SELECT end_value_frac FROM p) / pow(1 + (SELECT discount_rate FROM p), (SELECT day FROM ends) / {DAYS_PER_YEAR}) AS usd FROM at_end),
  rows(part, kind, item, quantity, rate, rate_formula, share_formula, discount_formula) AS (
    SELECT part, kind, item, quantity, NULL, '={cell:fin_drivers.value' || n || '}', '={cell:fin_drivers.end}', '=1/(1+{cell:fin_drivers.rate})^(' || (SELECT day FROM ends) || '/{DAYS_PER_YEAR})' FROM at_end
    UNION ALL SELECT 3, 'Unfinished lots of the first day, at their worth as planned', NULL, end_value_usd - known.usd, 1.0, NULL, NULL, NULL FROM p, known
    WHERE abs(end_value_usd - known.usd) > {TOLERANCE} * max(1, abs(end_value_usd)))
-- What is left at the end, and what the objective counts it as.
SELECT kind, item, quantity, rate, rate_formula, coalesce(share_formula, '=1') AS share_formula, coalesce(discount_formula, '=1') AS discount_formula FROM rows ORDER BY part, item
