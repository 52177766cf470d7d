,
  -- the shift of each product that is shown: the one that lasts, else the one in which most die were lost or gained
  shown AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY source ORDER BY is_open DESC, abs(tested * (yield - expected)) DESC, first DESC) AS place
    FROM run WHERE side IN ('below', 'above')),
  worst AS (
    SELECT r.source, c.lot || printf(' %.0f %%', 100 * c.yield) AS lot,
           row_number() OVER (PARTITION BY r.source ORDER BY abs(c.expected * c.tested - c.good) DESC, c.lot) AS place
    FROM shown AS r JOIN chart AS c ON c.source = r.source AND c.n BETWEEN r.first AND r.last
    WHERE r.place = 1 AND (c.yield < c.expected) = (r.side = 'below')),
  rows AS MATERIALIZED (
    SELECT p.source, p.label, p.line, s.place, s.distance, r.side, r.since, iif(r.is_open, NULL, r.until) AS until, r.lots, r.yield,
           r.expected, r.tested, coalesce(r.is_open, 0) AS is_open,
           (SELECT group_concat(lot, ', ') FROM (SELECT lot FROM worst AS w WHERE w.source = p.source AND w.place <= 3 ORDER BY w.place))
             AS worst_lots
    FROM product AS p JOIN standing AS s ON s.source = p.source LEFT JOIN shown AS r ON r.source = p.source AND r.place = 1),
  off AS (
    SELECT group_concat(source || ' ' || side || ' since ' || since, ', ') AS who
    FROM (SELECT * FROM rows WHERE is_open ORDER BY place LIMIT 4)),
  story AS (
    SELECT source, CASE WHEN is_open THEN ' is ' || side || ' its learning curve since ' || since
                        WHEN side IS NULL THEN ' has kept to its learning curve, as all have'
                        ELSE ' is on its learning curve again; it was ' || side || ' it from ' || since || ' to ' || until END AS text
    FROM rows WHERE place = 1)
-- Each product with sorted lots: is it off its learning curve, since when, which lots did it, by how much; the worst one first.
SELECT r.source, r.label, r.line, iif(r.is_open, 'yes', 'no') AS off, r.side, r.since, r.until, r.worst_lots,
       iif(r.side IS NULL, NULL, '={yield}-{expected}') AS size_formula, r.yield, r.expected, r.lots, r.tested,
       iif(r.side IS NULL, NULL, '=-{tested}*{size}') AS lost_formula, r.distance,
       (SELECT count(*) FROM chart AS c WHERE c.source = r.source AND c.side IN ('below', 'above')) AS outside,
       (SELECT count(*) FROM chart AS c WHERE c.source = r.source AND c.excluded = 1) AS excursions,
       (SELECT source || text FROM story) AS curve_title,
       coalesce('Off the curve: ' || (SELECT who FROM off) || iif((SELECT sum(is_open) FROM rows) > 4, ' and more', ''),
                'No product is off its learning curve now; ' || (SELECT source || iif(side IS NULL, ' was nearest to it',
                ' was, ' || since || ' to ' || until) FROM rows WHERE place = 1)) AS off_title
FROM rows AS r
ORDER BY r.place
