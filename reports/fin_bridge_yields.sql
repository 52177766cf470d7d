-- Sources that both plans use: good units of a start before and now, by starts, and what the starts of this plan cost of their own.
SELECT so.source, b.good_units / b.starts AS good_base, n.good AS good_now
FROM base_sources AS b JOIN so ON so.source = b.source
JOIN (SELECT q.source, total(q.good_units) / total(q.starts) AS good FROM paid AS q GROUP BY q.source) AS n ON n.source = b.source
WHERE good_base > {NOTHING} AND good_now > {NOTHING}
ORDER BY so.n
