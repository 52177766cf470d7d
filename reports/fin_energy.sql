,
  rows(part, key, source, started, site, period, number, energy_mwh, source_number, started_number) AS (
    SELECT 1, key, source, started, site, period, number, energy_mwh, source_number, started_number FROM energy_of
    UNION ALL SELECT 2, 'base', 'base load', '', site, period, number, base_mw * 24 * (SELECT days FROM per WHERE per.period = powered.period), site_number, 0 FROM powered WHERE base_mw > 0)
-- Energy of the hours of starts, and the base load of sites that run or not, at the price of the site.
SELECT r.key, r.source, r.started, r.site, r.period, r.energy_mwh, '={cell:fin_drivers.mwh' || w.mwh_key || '}' AS rate_formula
FROM rows AS r JOIN powered AS w ON w.site = r.site AND w.period = r.period
ORDER BY r.part, r.source_number, r.started_number, r.site, r.number
