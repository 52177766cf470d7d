-- Parts of sources in what is started of their items, where a split says what they may be.
-- parameters: :plan the plan
-- columns: item, source, period, share (NULL: nothing is started), min_share (NULL: none), max_share (NULL: none)
SELECT t.item, t.source, t.period, t.share, t.min_share, t.max_share
FROM plan_mix AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.item, t.source, p.number;
