,
  ends AS (SELECT julianday(horizon_end) - julianday(horizon_start) AS day FROM p),
  at_end AS (SELECT l.*, (SELECT max(s.unit_value_usd) FROM plan_stock AS s WHERE s.plan = :plan AND s.item = l.item) AS unit_value_usd FROM left_over AS l),
  known AS (SELECT total(quantity * coalesce(unit_value_usd, 0)) * (SELECT end_value_frac FROM p) / pow(1 + (SELECT discount_rate FROM p), (SELECT day FROM ends) / {DAYS_PER_YEAR}) AS usd FROM at_end),
  rows(part, kind, item, quantity, rate, rate_formula, share_formula, discount_formula) AS (
    SELECT part, kind, item, quantity, NULL, '={cell:fin_drivers.value' || n || '}', '={cell:fin_drivers.end}', '=1/(1+{cell:fin_drivers.rate})^(' || (SELECT day FROM ends) || '/{DAYS_PER_YEAR})' FROM at_end
    UNION ALL SELECT 3, 'Unfinished lots of the first day, at their worth as planned', NULL, end_value_usd - known.usd, 1.0, NULL, NULL, NULL FROM p, known
    WHERE abs(end_value_usd - known.usd) > {TOLERANCE} * max(1, abs(end_value_usd)))
-- What is left at the end, and what the objective counts it as.
SELECT kind, item, quantity, rate, rate_formula, coalesce(share_formula, '=1') AS share_formula, coalesce(discount_formula, '=1') AS discount_formula FROM rows ORDER BY part, item
