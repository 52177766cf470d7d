-- Money by kind and period, as the objective counts it: earned positive, spent negative. Formulas sum what the other sheets show.
WITH kinds(number, key, label, formula) AS (VALUES
  (1, 'revenue', 'Revenue', '=SUMPRODUCT(({column:shipments.period}={period})*{column:shipments.revenue_usd})'),
  (2, 'cost', 'Cost of starts', '=-{period_sum:starts.cost_usd}'),
  (12, 'shortage', 'Penalty, not paid: short orders', '=-SUMPRODUCT(({column:why_short.period}={period})*{column:why_short.shortage_usd})'),
  (13, 'late', 'Penalty, not paid: lateness', -- in every period up to that of the shipment: the days since the period before (@), or since lateness began
    replace('=-SUMPRODUCT(({column:shipments.ships}>={axis:start_date})*{column:shipments.quantity}*{column:shipments.late_usd_per_week}'
      || '*(({column:shipments.late_since}<{axis:start_date})*({axis:start_date}-{column:shipments.late_since})'
      || '-({column:shipments.late_since}<@)*(@-{column:shipments.late_since})))/7',
      '@', 'SUMPRODUCT(MAX(({axis:money.start_date}<{axis:start_date})*{axis:money.start_date}))')),
  (14, 'commitment', 'Penalty, not paid: broken promises',
    '=-SUMPRODUCT(({column:why_short.period}={period})*{column:why_short.commitment_usd})'),
  (15, 'shortfall', 'Penalty, not paid: starts below minimum', '=-{period_sum:starts.shortfall_usd}'),
  (16, 'target', 'Penalty, not paid: stock below target', NULL),
  (17, 'cumulated', 'Penalty, not paid: behind cumulated promises', NULL),
  (7, 'substitution', 'Cost of substitution', '=-{period_sum:flow.substitution_usd}'),
  (8, 'holding', 'Cost of holding', '=-{period_sum:flow.holding_usd}'),
  (9, 'power', 'Power', '=-{period_sum:power.power_usd}'),
  (10, 'capex', 'Tools: share of the price in the horizon',
   '=-SUMPRODUCT(({column:purchases.period}={period})*({column:purchases.event}="order")*{column:purchases.charged_usd})'),
  (11, 'removal', 'Removal of tools',
    '=-SUMPRODUCT(({column:purchases.period}={period})*({column:purchases.event}="removal")*{column:purchases.usd})'),
  (3, 'fixed', 'Fixed charges of starts', NULL),
  (4, 'discard', 'Cost of what is thrown away', NULL),
  (5, 'moved', 'Hours moved to alternates', NULL)),
flows(key, period, usd) AS ( -- what stands on no other sheet
  SELECT 'fixed', period, -sum(fixed_usd) FROM plan_start WHERE plan = :plan GROUP BY period
  UNION ALL SELECT 'discard', period, -sum(discard_usd) FROM plan_stock WHERE plan = :plan GROUP BY period
  UNION ALL SELECT 'target', period, -sum(usd) FROM plan_target WHERE plan = :plan GROUP BY period
  UNION ALL SELECT 'cumulated', period, -sum(c.usd) FROM plan_cumulated AS c JOIN plan_period AS t ON t.plan = c.plan AND t.start_date <= c.by_date AND c.by_date < t.end_date
         WHERE c.plan = :plan GROUP BY period
  UNION ALL SELECT 'moved', period, -sum(usd) FROM plan_offload WHERE plan = :plan GROUP BY period)
SELECT k.key, k.label, p.period, k.formula, iif(k.formula IS NULL, coalesce(f.usd, 0.0), NULL) AS usd
FROM kinds AS k
JOIN plan_period AS p ON p.plan = :plan
LEFT JOIN flows AS f ON f.key = k.key AND f.period = p.period
WHERE k.formula IS NOT NULL OR EXISTS (SELECT 1 FROM flows AS any WHERE any.key = k.key AND any.usd <> 0)
ORDER BY k.number, p.number
