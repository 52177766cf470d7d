-- Work in process by customer.
-- parameters: :line, :source one only, NULL for all; :as_of
-- columns: customer (NULL: for no one in particular), lots, wafers, held_lots, overdue_lots
SELECT l.customer, COUNT(*) AS lots, SUM(l.wafers) AS wafers, SUM(l.status = 'held') AS held_lots, SUM(COALESCE(l.due_time < :as_of, 0)) AS overdue_lots
FROM lot AS l JOIN source AS s ON s.source = l.source
WHERE (l.status = 'active' OR l.status = 'held') AND (:line IS NULL OR s.line = :line) AND (:source IS NULL OR l.source = :source)
GROUP BY l.customer
ORDER BY l.customer;
