-- Key figures of independence.
-- parameters: :plan the plan
-- columns: kpi (K1 share of a layer, K2 chips own in all their layers, K3 their value over that of the orders due, K4 weakest layer, K5 weighted geometric mean), key (layer or chip; NULL: none),
-- period, value (NULL: no data), unit
SELECT k.kpi, nullif(k."key", '') AS "key", k.period, k.value, k.unit
FROM plan_kpi AS k
JOIN plan_period AS p ON p.plan = k.plan AND p.period = k.period
WHERE k.plan = :plan
ORDER BY k.kpi, k."key", p.number;
