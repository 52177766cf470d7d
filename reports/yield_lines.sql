-- Line yield by product and month of the start; lots that were split from a lot count with it.
SELECT f.source || ' · ' || coalesce(i.name, s.item) AS label, s.line, substr(f.start_time, 1, 7) AS month, count(*) AS lots,
       total(f.started) AS started, total(f.come_out) AS come_out, total(f.scrapped) AS scrapped, total(f.on_the_way) AS on_the_way,
       iif(total(f.come_out) + total(f.scrapped) > 0, '={come_out}/({come_out}+{scrapped})', NULL) AS line_yield_formula,
       iif(total(f.started) > 0, '={on_the_way}/{started}', NULL) AS open_formula
FROM lot_family AS f JOIN source AS s ON s.source = f.source LEFT JOIN item AS i ON i.item = s.item CROSS JOIN snap AS w
WHERE (w.from_date IS NULL OR f.start_time >= w.from_date) AND (w.to_date IS NULL OR f.start_time < w.to_date)
GROUP BY f.source, month
ORDER BY f.source, month
