,
  due AS (SELECT d.*, coalesce(per.number, 1) AS number, per.year FROM de AS d JOIN per ON per.period = d.period),
  late AS (
    SELECT l.demand, l.period, per.number, per.year, total(s.quantity * l.days / 7) AS unit_weeks
    FROM plan_lateness AS l JOIN plan_shipment AS s ON s.plan = l.plan AND s.demand = l.demand AND s.period = l.shipment
    JOIN per ON per.period = l.period WHERE l.plan = :plan GROUP BY l.demand, l.period),
  rows(part, kind, what, period, number, year, quantity, unit, rate, rate_formula) AS (
    SELECT 1, 'Short', demand, period, number, year, short, 'units never shipped', NULL, '={cell:fin_drivers.short' || n || '}' FROM due WHERE short > {NOTHING}
    UNION ALL SELECT 2, 'Late', l.demand, l.period, l.number, l.year, l.unit_weeks, 'units x weeks', NULL, '={cell:fin_drivers.late' || d.n || '}' FROM late AS l JOIN de AS d ON d.demand = l.demand
    UNION ALL SELECT 3, 'Broken promise', demand, period, number, year, lack, 'units missing', NULL, '={cell:fin_drivers.commitment}*{cell:fin_drivers.price' || n || '}' FROM due WHERE lack > {NOTHING}
    UNION ALL SELECT 4, 'Starts below minimum', s.source, s.period, per.number, per.year, s.starts_missing, 'starts missing',
      iif(s.usd_per_start > 0 AND abs(s.shortfall_usd - 10 * s.usd_per_start * s.starts_missing) <= {TOLERANCE} * s.shortfall_usd AND c.key IS NOT NULL, NULL, s.shortfall_usd / s.starts_missing),
      iif(s.usd_per_start > 0 AND abs(s.shortfall_usd - 10 * s.usd_per_start * s.starts_missing) <= {TOLERANCE} * s.shortfall_usd AND c.key IS NOT NULL, '=10*{cell:fin_drivers.' || c.key || '}', NULL)
      FROM plan_start AS s JOIN per ON per.period = s.period
      LEFT JOIN (SELECT source, period, 'cost' || cost_key AS key FROM paid) AS c ON c.source = s.source AND c.period = s.period
      WHERE s.plan = :plan AND s.shortfall_usd <> 0
    UNION ALL SELECT 5, 'Stock below target', g.item, g.period, per.number, per.year, g.usd, 'USD', 1.0, NULL FROM plan_target AS g JOIN per ON per.period = g.period WHERE g.plan = :plan AND g.usd <> 0
    UNION ALL SELECT 6, 'Behind a cumulated promise', c.customer, per.period, per.number, per.year, c.usd, 'USD', 1.0, NULL
      FROM plan_cumulated AS c JOIN per ON per.start_date <= c.by_date AND c.by_date < per.end_date WHERE c.plan = :plan AND c.usd <> 0)
-- What the model counts against a plan and nobody is paid.
SELECT kind, what, period, year, quantity, unit, rate, rate_formula, '={cell:fin_periods.p' || number || '}' AS discount_formula FROM rows ORDER BY part, number, what
