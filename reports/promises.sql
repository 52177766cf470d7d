-- Promises that the plan breaks, the dearest first; of a broken minimum fill what came late of what is kept.
WITH late AS (
  SELECT demand, total(quantity) AS units, total(quantity * late_weeks * 7) / total(quantity) AS days
  FROM plan_shipment WHERE plan = :plan AND late_weeks > 0 GROUP BY demand)
SELECT p.kind, p.key, p.period, p.promised, p.kept, iif(p.kind = 'min_fill', coalesce(l.units, 0.0), NULL) AS late,
       iif(p.kind = 'min_fill', '=SUMPRODUCT(({column:shipments.demand}={key})*({column:shipments.late_weeks}>0)*{column:shipments.quantity})', NULL)
         AS late_formula,
       iif(p.kind = 'min_fill', coalesce(l.days, 0.0), NULL) AS late_days,
       iif(p.kind = 'min_fill',
         '=IF({late}=0,0,SUMPRODUCT(({column:shipments.demand}={key})*{column:shipments.late_weeks}*{column:shipments.quantity})*7/{late})', NULL)
         AS late_days_formula,
       p.missing, CASE WHEN p.promised = 0 THEN 0.0 ELSE p.missing / p.promised END AS share, p.penalty_usd
FROM plan_promise AS p
LEFT JOIN late AS l ON p.kind = 'min_fill' AND l.demand = p.key
WHERE p.plan = :plan
ORDER BY p.penalty_usd DESC, p.kind, p.key, p.period
