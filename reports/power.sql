-- Site x period: power against the limit, energy and its cost, what one more megawatt would be worth.
SELECT w.site AS key, w.site || ' · ' || coalesce(s.name, '') AS label, w.period, w.limit_mw, w.supply_mw, w.base_mw, w.tools_mw, w.energy_mwh, w.usd_per_mwh, w.usd_per_mw
FROM plan_power AS w
JOIN plan_period AS p ON p.plan = w.plan AND p.period = w.period
LEFT JOIN site AS s ON s.site = w.site
WHERE w.plan = :plan
ORDER BY w.site, p.number
