,
  used AS (SELECT DISTINCT coalesce(q.line, q.supplier) AS line FROM paid AS q)
-- Lines and suppliers by year.
SELECT u.line, coalesce(l.name, u.line) AS name, per.year FROM used AS u LEFT JOIN line AS l ON l.line = u.line CROSS JOIN (SELECT DISTINCT year FROM per) AS per
WHERE u.line IS NOT NULL ORDER BY u.line, per.year
