-- Purpose: no more good die than tested ones; runs are numbered from 1 without gaps, in time, so that the last one, which counts, is known to be the last; a run of fewer
-- die than the one before is a retest of some of them, whose yield is not that of the wafer.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
SELECT 'finding' AS severity, 'wafer_test' AS tbl, wafer || char(31) || stage || char(31) || run AS row_id, 'good' AS "column", good AS value,
       'must be at most tested ' || tested AS message
FROM wafer_test
WHERE good > tested
UNION ALL
SELECT 'finding', 'wafer_test', wafer || char(31) || stage || char(31) || run, 'run', run, 'must follow run ' || (run - 1) || ', which the wafer does not have (1 is the first test)'
FROM wafer_test AS t
WHERE run > 1 AND NOT EXISTS (SELECT 1 FROM wafer_test AS b WHERE b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run - 1)
UNION ALL
SELECT 'finding', 'wafer_test', t.wafer || char(31) || t.stage || char(31) || t.run, 'time', t.time, 'must not be before ' || b.time || ' of run ' || b.run
FROM wafer_test AS t
CROSS JOIN wafer_test AS b ON b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run - 1
WHERE t.run > 1 AND t.time < b.time
UNION ALL
SELECT 'warning', 'wafer_test', t.wafer || char(31) || t.stage || char(31) || t.run, 'tested', t.tested,
       'should be at least ' || b.tested || ' of run ' || b.run || ': the last run alone is the result of the wafer (merge a retest of some die with the run before)'
FROM wafer_test AS t
CROSS JOIN wafer_test AS b ON b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run - 1
WHERE t.run > 1 AND t.tested < b.tested;
