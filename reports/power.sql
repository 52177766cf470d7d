-- Site x period: power against the limit, energy and its cost, what one more megawatt would be worth.
SELECT w.site AS key, w.site || ' · ' || coalesce(s.name, '') AS label, w.period, w.limit_mw, w.supply_mw, w.base_mw, w.tools_mw,
  w.base_mw + w.tools_mw AS used_mw,
       w.limit_mw + w.supply_mw - (w.base_mw + w.tools_mw) AS left_mw, w.energy_mwh, w.usd_per_mwh,
         w.energy_mwh * w.usd_per_mwh AS power_usd, w.usd_per_mw,
       b.period IS NOT NULL AS binds
FROM plan_power AS w
JOIN plan_period AS p ON p.plan = w.plan AND p.period = w.period
LEFT JOIN plan_binding AS b ON b.plan = w.plan AND b.what = 'power' AND b.key = w.site AND b.period = w.period
LEFT JOIN site AS s ON s.site = w.site
WHERE w.plan = :plan
ORDER BY w.site, p.number
