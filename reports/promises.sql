-- Promises that the plan breaks, the dearest first; of a broken minimum fill what came late of what is kept.
SELECT p.kind, p.key, p.period, p.promised, p.kept,
       iif(p.kind = 'min_fill', '=SUMPRODUCT(({column:shipments.demand}={key})*({column:shipments.late_weeks}>0)*{column:shipments.quantity})', NULL)
         AS late_formula,
       iif(p.kind = 'min_fill',
         '=IF({late}=0,0,SUMPRODUCT(({column:shipments.demand}={key})*{column:shipments.late_weeks}*{column:shipments.quantity})*7/{late})', NULL)
         AS late_days_formula,
       p.missing, p.penalty_usd
FROM plan_promise AS p
WHERE p.plan = :plan
ORDER BY p.penalty_usd DESC, p.kind, p.key, p.period
