-- Stock of every item and period: closing = opening + made + bought + received + wip + substituted_in - substituted_out - consumed - shipped - discarded.
-- parameters: :plan the plan
-- columns: item, period, opening, made, bought, received, wip, substituted_in, substituted_out, consumed, shipped, discarded, closing
SELECT t.item, t.period, t.opening, t.made, t.bought, t.received, t.wip, t.substituted_in, t.substituted_out, t.consumed, t.shipped, t.discarded, t.closing
FROM plan_stock AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.item, p.number;
