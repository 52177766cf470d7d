-- Runs of lots off their learning curve, newest first.
SELECT p.label, r.side, r.since, iif(r.is_open, NULL, r.until) AS until, iif(r.is_open, 'yes', 'no') AS lasts, r.lots, r.tested, r.yield,
       r.expected, a.lot AS first_lot, b.lot AS last_lot
FROM run AS r JOIN product AS p ON p.source = r.source
JOIN chart AS a ON a.source = r.source AND a.n = r.first JOIN chart AS b ON b.source = r.source AND b.n = r.last
WHERE r.side IN ('below', 'above')
ORDER BY r.since DESC, r.source, r.first DESC
