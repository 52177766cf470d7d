-- Purpose: a split is between sources of its item, and its minima leave room for each other in every period.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    held(row_id, item, period, start_date, min_share) AS (
        SELECT m.rowid, m.item, c.period, c.start_date, COALESCE(m.min_share, 0)
        FROM source_mix AS m JOIN calendar AS c ON m.from_date <= c.start_date AND (m.to_date IS NULL OR c.start_date < m.to_date)
        JOIN source AS s ON s.source = m.source AND COALESCE(s.available_from, '') <= c.start_date AND c.start_date < COALESCE(s.available_to, '9999')
    ),
    able(item, source, period, start_date, max_share, row_id) AS (
        SELECT s.item, s.source, c.period, c.start_date, MIN(COALESCE(m.max_share, 1)), MAX(m.rowid)
        FROM source AS s JOIN calendar AS c ON COALESCE(s.available_from, '') <= c.start_date AND c.start_date < COALESCE(s.available_to, '9999')
        LEFT JOIN source_mix AS m ON m.item = s.item AND m.source = s.source AND m.from_date <= c.start_date AND (m.to_date IS NULL OR c.start_date < m.to_date)
        WHERE s.item IN (SELECT item FROM source_mix)
        GROUP BY s.source, c.period
    ),
    most AS (SELECT item, period, MAX(row_id) AS row_id, SUM(max_share) AS share, ROW_NUMBER() OVER (PARTITION BY item ORDER BY start_date) AS place
             FROM able GROUP BY item, period HAVING SUM(max_share) < 1 - 1e-9),
    summed AS (SELECT item, period, MAX(row_id) AS row_id, SUM(min_share) AS share, ROW_NUMBER() OVER (PARTITION BY item ORDER BY start_date) AS place
               FROM held GROUP BY item, period HAVING SUM(min_share) > 1 + 1e-9)
SELECT 'finding' AS severity, 'source_mix' AS tbl, m.rowid AS row_id, 'source' AS "column", m.source AS value, 'must be a source of item ' || m.item || ' (it gives ' || s.item || ')' AS message
FROM source_mix AS m JOIN source AS s ON s.source = m.source
WHERE s.item <> m.item
UNION ALL
SELECT 'finding', 'source_mix', rowid, 'max_share', max_share, 'must be at least min_share ' || printf('%g', min_share)
FROM source_mix
WHERE min_share > max_share
UNION ALL
SELECT 'finding', 'source_mix', row_id, 'min_share', share, 'must be at most 1, summed over the sources of item ' || item || ' in period ' || period
FROM summed
WHERE place = 1
UNION ALL
SELECT 'warning', 'source_mix', rowid, 'min_share', NULL, 'should be given, or max_share: the row has no effect'
FROM source_mix
WHERE min_share IS NULL AND max_share IS NULL
UNION ALL
SELECT 'warning', 'source_mix', rowid, 'min_share', min_share, 'should be above 0, or max_share below 1: the row has no effect'
FROM source_mix
WHERE COALESCE(min_share, max_share) IS NOT NULL AND COALESCE(min_share, 0) = 0 AND COALESCE(max_share, 1) >= 1
UNION ALL
SELECT 'warning', 'source_mix', m.rowid, 'min_share', m.min_share, 'has no effect: no other source of item ' || m.item || ' may start inside the row''s dates'
FROM source_mix AS m
WHERE m.min_share > 0 AND COALESCE(m.max_share, 1) >= 1 AND m.rowid IN (SELECT row_id FROM able)
  AND NOT EXISTS (SELECT 1 FROM able JOIN able AS other ON other.item = able.item AND other.period = able.period AND other.source <> able.source WHERE able.row_id = m.rowid)
UNION ALL
SELECT 'warning', 'source_mix', row_id, 'max_share', share, 'should be at least 1, summed over the sources of item ' || item || ' in period ' || period || ': nothing of it can be started then'
FROM most
WHERE place = 1;
