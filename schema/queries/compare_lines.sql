-- Starts of each line over the horizon; lines without a change are left out.
-- parameters: :base, :plan
-- columns: plan, line, starts_before, starts_after, starts_change
WITH made AS (
    SELECT plan, line, sum(starts) AS starts FROM plan_line WHERE plan IN (:base, :plan) GROUP BY plan, line
), names AS (SELECT DISTINCT line FROM made)
SELECT :plan AS plan, n.line, coalesce(b.starts, 0) AS starts_before, coalesce(a.starts, 0) AS starts_after, coalesce(a.starts, 0) - coalesce(b.starts, 0) AS starts_change
FROM names AS n
LEFT JOIN made AS b ON b.line = n.line AND b.plan = :base
LEFT JOIN made AS a ON a.line = n.line AND a.plan = :plan
WHERE abs(coalesce(a.starts, 0) - coalesce(b.starts, 0)) > 1e-6 * max(1, coalesce(b.starts, 0), coalesce(a.starts, 0))
ORDER BY n.line;
