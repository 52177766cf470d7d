,
  paid(period, kind, usd) AS (
    SELECT period, 'revenue', quantity * price_usd FROM plan_shipment WHERE plan = :plan
    UNION ALL SELECT period, 'cost', starts * usd_per_start FROM plan_start WHERE plan = :plan
    UNION ALL SELECT period, 'cost', holding_usd + substitution_usd + discard_usd FROM plan_stock WHERE plan = :plan
    UNION ALL SELECT period, 'cost', usd FROM plan_offload WHERE plan = :plan
    UNION ALL SELECT period, 'cost', fixed_usd FROM plan_start WHERE plan = :plan
    UNION ALL SELECT period, 'cost', energy_mwh * usd_per_mwh FROM plan_power WHERE plan = :plan
    UNION ALL SELECT period, 'cost', tools * usd_per_tool FROM plan_purchase WHERE plan = :plan AND event = 'removal'
    UNION ALL SELECT period, 'charged', charged_usd FROM plan_purchase WHERE plan = :plan AND event = 'order'
    UNION ALL SELECT t.period, 'tools', b.usd * max(0, min(julianday(t.start_date) + t.days, b.delivered + b.life) - max(julianday(t.start_date), b.delivered)) / b.life
      FROM (SELECT b.usd, julianday(o.start_date) + coalesce(g.lead_time_days, 0) AS delivered, coalesce(g.life_days, 1826) AS life FROM plan_purchase AS b
              JOIN plan_period AS o ON o.plan = b.plan AND o.period = b.period JOIN tool_group AS g ON g.tool_group = b.tool_group WHERE b.plan = :plan AND b.event = 'order') AS b
      CROSS JOIN plan_period AS t WHERE t.plan = :plan
    UNION ALL SELECT period, 'cash', usd FROM plan_purchase WHERE plan = :plan AND event = 'order'),
  shipped AS (SELECT s.period, s.quantity * i.compute_watts / 1000000000 AS gw FROM plan_shipment AS s JOIN item AS i ON i.item = s.item WHERE s.plan = :plan),
  years AS (SELECT CAST(substr(start_date, 1, 4) AS INTEGER) AS year, period, discount FROM plan_period WHERE plan = :plan)
-- Year: what is earned and spent by the flows' own day, and what is shipped. Without penalties (nobody is paid them) and without the worth of what is left.
SELECT y.year, CAST(y.year AS TEXT) AS key, total(f.usd) FILTER (WHERE f.kind = 'revenue') AS revenue_usd, total(f.usd) FILTER (WHERE f.kind = 'cost') AS cost_usd,
       total(f.usd) FILTER (WHERE f.kind = 'tools') AS tools_usd,
       total(f.usd * y.discount) FILTER (WHERE f.kind = 'revenue') - total(f.usd * y.discount) FILTER (WHERE f.kind IN ('cost', 'charged')) AS discounted_usd,
       total(f.usd) FILTER (WHERE f.kind = 'cash') AS cash_usd,
       (SELECT total(s.gw) FROM shipped AS s JOIN years AS t ON t.period = s.period WHERE t.year = y.year) AS compute_gw
FROM years AS y LEFT JOIN paid AS f ON f.period = y.period
GROUP BY y.year
ORDER BY y.year
