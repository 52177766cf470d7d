-- Purpose: a defect model has its parameters, and repair only goes with models that have a distribution of defects per die.
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
WHERE d0_mature_per_cm2 > d0_start_per_cm2;
