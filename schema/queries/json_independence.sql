-- How much of what ships is one's own, by layer.
-- parameters: :plan the plan
-- columns: layer, period, own_share (NULL: no data), weight (with its part of the weights of layers without any data; of these 0)
SELECT t.layer, t.period, t.own_share, t.weight
FROM plan_independence AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.layer, p.number;
