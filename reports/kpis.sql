-- Key figures of independence by period; those that are found by solving again only where they were asked for.
SELECT k.kpi, w.words AS name, nullif(k."key", '') AS "key", k.period, k.value, k.unit
FROM plan_kpi AS k
JOIN plan_period AS p ON p.plan = k.plan AND p.period = k.period
JOIN kpi_words AS w ON w.kpi = k.kpi
WHERE k.plan = :plan
ORDER BY CAST(substr(k.kpi, 2) AS INTEGER), k."key", p.number
