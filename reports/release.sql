-- Each source: the starts of the plan, the lots to release in all and in each week, and what the rounding costs.
SELECT l.line, l.source, l.item, l.lot_size, l.starts, l.lots,
       (SELECT total(day_lots) FROM released AS r WHERE r.source = l.source AND r.number BETWEEN 1 AND 7) AS week1,
       (SELECT total(day_lots) FROM released AS r WHERE r.source = l.source AND r.number BETWEEN 8 AND 14) AS week2,
       (SELECT total(day_lots) FROM released AS r WHERE r.source = l.source AND r.number BETWEEN 15 AND 21) AS week3,
       (SELECT total(day_lots) FROM released AS r WHERE r.source = l.source AND r.number > 21) AS week4,
       l.usd / l.starts + l.gross_units / l.starts * (
         SELECT total(b.quantity * c.unit_value_usd) FROM bom AS b JOIN item AS c ON c.item = b.component
         WHERE b.item = l.item AND coalesce(b.from_date, '') <= p.horizon_start AND coalesce(b.to_date, '9999') > p.horizon_start
           AND (b.source = l.source OR (b.source IS NULL AND NOT EXISTS (SELECT 1 FROM bom AS x WHERE x.item = l.item AND x.source = l.source)))) AS usd_per_start, l.good_units / l.starts * coalesce(i.unit_value_usd, 0) AS worth_per_start
FROM lots AS l JOIN p LEFT JOIN item AS i ON i.item = l.item ORDER BY l.line, l.source
