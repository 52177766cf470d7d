-- What the cover and the checks of the planner book share: the plan, and its flows of money, discounted to the plan's start.
WITH p AS (SELECT * FROM plan WHERE plan = :plan),
     flows(period, usd) AS (
       SELECT period, quantity * price_usd FROM plan_shipment WHERE plan = :plan
       UNION ALL SELECT period, -late_usd FROM plan_lateness WHERE plan = :plan
       UNION ALL SELECT period, -starts * usd_per_start - shortfall_usd - fixed_usd FROM plan_start WHERE plan = :plan
       UNION ALL SELECT period, -shortage_usd - commitment_usd FROM plan_demand WHERE plan = :plan
       UNION ALL SELECT period, -holding_usd - substitution_usd - discard_usd FROM plan_stock WHERE plan = :plan
       UNION ALL SELECT period, -usd FROM plan_offload WHERE plan = :plan
       UNION ALL SELECT period, -usd FROM plan_target WHERE plan = :plan
       UNION ALL SELECT t.period, -c.usd FROM plan_cumulated AS c
              JOIN plan_period AS t ON t.plan = c.plan AND t.start_date <= c.by_date AND c.by_date < t.end_date WHERE c.plan = :plan
       UNION ALL SELECT period, -energy_mwh * usd_per_mwh FROM plan_power WHERE plan = :plan
       UNION ALL SELECT period, -iif(event = 'order', charged_usd, tools * usd_per_tool) FROM plan_purchase WHERE plan = :plan),
     money AS (SELECT total(f.usd * t.discount) AS flows FROM flows AS f JOIN plan_period AS t ON t.plan = :plan AND t.period = f.period),
     behind AS (SELECT total(f.usd * t.discount) AS usd FROM flows AS f JOIN plan_tail_period AS t ON t.plan = :plan AND t.period = f.period)
