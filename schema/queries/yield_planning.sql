-- Yields to plan with at a percentile; a line yield that no lot has shown is the planned one.
-- parameters: :snapshot; :percentile 'p10', 'p50', 'p90'; 'fit' is p50, the curve itself
-- columns: source, period, start_date, line_yield, unit_yield
SELECT source, period, start_date,
       COALESCE(CASE :percentile WHEN 'p10' THEN line_p10 WHEN 'p90' THEN line_p90 ELSE line_p50 END, planned_line_yield) AS line_yield,
       CASE :percentile WHEN 'p10' THEN p10 WHEN 'p90' THEN p90 ELSE p50 END AS unit_yield
FROM yield_period
WHERE snapshot = :snapshot
ORDER BY source, start_date;
