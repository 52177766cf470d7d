-- Purpose: the bins of a test, when they are given, add up to the tested die, and those that table bin calls good to the good ones.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
-- Bins are counted once along the key; good bins are looked up, of items that have any, by the item of the wafer's source.
WITH wrong AS MATERIALIZED (
    SELECT b.wafer, b.stage, b.run, b.bin, b.count, t.tested
    FROM (SELECT wafer, stage, run, MIN(bin) AS bin, SUM(count) AS count FROM wafer_bin GROUP BY wafer, stage, run) AS b
    LEFT JOIN wafer_test AS t ON t.wafer = b.wafer AND t.stage = b.stage AND t.run = b.run
    WHERE t.tested IS NOT b.count
)
SELECT 'finding' AS severity, 'wafer_bin' AS tbl, wafer || char(31) || stage || char(31) || run || char(31) || bin AS row_id, 'wafer' AS "column", wafer AS value,
       'must have a row in wafer_test for stage ' || stage || ', run ' || run AS message
FROM wrong
WHERE tested IS NULL
UNION ALL
SELECT 'finding', 'wafer_test', wafer || char(31) || stage || char(31) || run, 'tested', tested, 'must be ' || count || ', the sum of its bins'
FROM wrong
WHERE tested IS NOT NULL
UNION ALL
SELECT 'finding', 'wafer_test', wafer || char(31) || stage || char(31) || run, 'good', good, 'must be ' || count || ', the sum of its good bins'
FROM (SELECT t.wafer, t.stage, t.run, t.good,
             (SELECT COALESCE(SUM(b.count), 0)
              FROM bin AS d CROSS JOIN wafer_bin AS b ON b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run AND b.bin = d.bin
              WHERE d.item = s.item AND d.good = 1) AS count
      FROM wafer_test AS t
      CROSS JOIN wafer AS w ON w.wafer = t.wafer
      CROSS JOIN lot AS l ON l.lot = w.lot
      CROSS JOIN source AS s ON s.source = l.source
      WHERE s.item IN (SELECT item FROM bin WHERE good = 1)
        AND EXISTS (SELECT 1 FROM wafer_bin AS b WHERE b.wafer = t.wafer AND b.stage = t.stage AND b.run = t.run))
WHERE good <> count;
