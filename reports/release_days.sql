-- Lots to release, by day; days without lots are left out.
SELECT line, source, item, day, CAST((number + 6) / 7 AS INTEGER) AS week, day_starts AS starts, day_lots AS lots, lot_size
FROM released WHERE day_lots > {NOTHING} ORDER BY line, day, source
