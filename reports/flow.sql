-- Item x period: the stock corkscrew. Items that never move are left out. `gap` is what the corkscrew does not close by, as a share of
-- what moves.
WITH used AS (
  SELECT item FROM plan_stock WHERE plan = :plan
  GROUP BY item HAVING sum(opening + made + bought + received + wip + substituted_in + closing) > {NOTHING})
SELECT s.item AS key, s.item || ' · ' || coalesce(i.name, '') AS label, s.period,
       coalesce(lag(s.closing) OVER w, s.opening) AS opening, s.made, s.bought, s.received, s.wip, s.substituted_in, s.substituted_out,
         s.consumed, s.shipped,
       s.discarded, s.closing,
       round((coalesce(lag(s.closing) OVER w, s.opening) + s.made + s.bought + s.received + s.wip + s.substituted_in
              - s.substituted_out - s.consumed - s.shipped - s.discarded - s.closing)
             / max(1.0, coalesce(lag(s.closing) OVER w, s.opening) + s.made + s.bought + s.received + s.wip + s.substituted_in), 9) AS gap,
       s.holding_usd, s.substitution_usd, s.usd_per_unit
FROM plan_stock AS s
JOIN used AS u ON u.item = s.item
JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period
LEFT JOIN item AS i ON i.item = s.item
WHERE s.plan = :plan
WINDOW w AS (PARTITION BY s.item ORDER BY p.number)
ORDER BY s.item, p.number
