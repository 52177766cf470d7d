,
  now AS (
    SELECT max(coalesce((SELECT max(time) FROM lot_event), ''), coalesce((SELECT max(time) FROM tool_event), ''),
               coalesce((SELECT max(start_time) FROM lot), '')) AS time)
-- Work in process by line and customer; ages count to the last event of the history.
SELECT s.line, coalesce(l.customer, 'no one in particular') AS customer, count(*) AS lots, total(l.wafers) AS wafers,
       sum(l.status = 'held') AS held_lots, total(CASE WHEN l.status = 'held' THEN l.wafers END) AS held_wafers,
       avg(julianday(n.time) - julianday(l.start_time)) AS mean_age_days, sum(coalesce(l.due_time < n.time, 0)) AS overdue_lots
FROM lot AS l JOIN source AS s ON s.source = l.source CROSS JOIN now AS n
WHERE l.status = 'active' OR l.status = 'held'
GROUP BY s.line, l.customer
ORDER BY s.line, l.customer IS NULL, l.customer
