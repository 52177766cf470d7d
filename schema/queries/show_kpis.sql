-- Key figures of independence.
-- parameters: :plan the plan
-- columns: kpi (K1 share of a layer, K2 chips own in all their layers, K3 their value over that of the orders due, K4 weakest layer, K5 weighted geometric mean; K6 value shipped of that without a stop or scenario,
-- K7 the same in the year from then on, K8 months that a customer survives a stop, K9 price of the first point of a layer's share: those that were solved; K10 concentration of what is bought, K11 days in which compute
-- takes the energy that making it took), key (layer, chip, region, scenario or region/customer; NULL: none), period (K6 to K8: of the stop), value (NULL: no data), unit
SELECT k.kpi, nullif(k."key", '') AS "key", k.period, k.value, k.unit
FROM plan_kpi AS k
JOIN plan_period AS p ON p.plan = k.plan AND p.period = k.period
WHERE k.plan = :plan
ORDER BY CAST(substr(k.kpi, 2) AS INTEGER), k."key", p.number;
