-- Item x period: the stock corkscrew. Items that never move are left out.
WITH used AS (
  SELECT item FROM plan_stock WHERE plan = :plan
  GROUP BY item HAVING sum(opening + made + bought + received + wip + substituted_in + closing) > {NOTHING})
SELECT s.item AS key, s.item || ' · ' || coalesce(i.name, '') AS label, s.period,
       s.opening, s.made, s.bought, s.received, s.wip, s.substituted_in, s.substituted_out,
         s.consumed, s.shipped,
       s.discarded, s.closing,
       s.holding_usd, s.substitution_usd, s.usd_per_unit
FROM plan_stock AS s
JOIN used AS u ON u.item = s.item
JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period
LEFT JOIN item AS i ON i.item = s.item
WHERE s.plan = :plan
ORDER BY s.item, p.number
