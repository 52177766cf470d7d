-- Purpose: a defect model has its parameters, and repair only goes with models that have a distribution of defects per die; yields and defect densities are such as
-- processes have.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'process' AS tbl, rowid AS row_id, 'alpha' AS "column", NULL AS value,
       'must be given for negative_binomial (clustering; 2 is common, large means none)' AS message
FROM process
WHERE model = 'negative_binomial' AND alpha IS NULL
UNION ALL
SELECT 'finding', 'process', rowid, 'critical_layers', NULL, 'must be given for bose_einstein (D0 is per critical layer)'
FROM process
WHERE model = 'bose_einstein' AND critical_layers IS NULL
UNION ALL
SELECT DISTINCT 'finding', 'die', die.rowid, 'repairable_defects', die.repairable_defects,
       'must be 0 with model ' || process.model || ' of process ' || process.process || ' (repair needs poisson, seeds or negative_binomial)'
FROM die
JOIN source ON source.item = die.item
JOIN process ON process.process = source.process
WHERE die.repairable_defects > 0 AND process.model IN ('murphy', 'bose_einstein')
UNION ALL
SELECT 'warning', 'process', rowid, 'd0_mature_per_cm2', d0_mature_per_cm2, 'should be at most d0_start_per_cm2 ' || format('%.15g', d0_start_per_cm2) || ' (learning makes it worse)'
FROM process
WHERE d0_mature_per_cm2 > d0_start_per_cm2
UNION ALL
SELECT 'warning', 'process', rowid, "column", value, 'should lie between 0.001 and 20 defects per cm2 (far from what processes have; a wrong unit?)'
FROM (SELECT rowid, 'd0_start_per_cm2' AS "column", d0_start_per_cm2 AS value, model FROM process
      UNION ALL
      SELECT rowid, 'd0_mature_per_cm2', d0_mature_per_cm2, model FROM process)
WHERE value > 20 OR (value > 0 AND value < CASE model WHEN 'bose_einstein' THEN 0.00001 ELSE 0.001 END)
UNION ALL
SELECT 'warning', 'process', rowid, "column", value, 'should be more than 0: starts of the process give nothing good'
FROM (SELECT rowid, 'systematic_yield' AS "column", systematic_yield AS value FROM process
      UNION ALL
      SELECT rowid, 'line_yield_start', line_yield_start FROM process
      UNION ALL
      SELECT rowid, 'line_yield_mature', line_yield_mature FROM process)
WHERE value = 0
UNION ALL
SELECT 'warning', 'source_yield', MIN(row_id), "column", 0,
       'should be more than 0: starts of source ' || source || ' give nothing good' || CASE COUNT(*) WHEN 1 THEN '' ELSE ' (' || COUNT(*) || ' rows of it)' END
FROM (SELECT rowid AS row_id, source, 'line_yield' AS "column", line_yield AS value FROM source_yield
      UNION ALL
      SELECT rowid, source, 'unit_yield', unit_yield FROM source_yield)
WHERE value = 0
GROUP BY source, "column";
