-- Power and energy of every site with a limit.
-- parameters: :plan the plan
-- columns: site, period, limit_mw, used_mw, mwh, usd
SELECT t.site, t.period, t.limit_mw, t.used_mw, t.energy_mwh AS mwh, t.power_usd AS usd
FROM plan_power AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.site, p.number;
