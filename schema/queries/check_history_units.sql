-- Purpose: a sorted wafer has about as many tested die as a wafer of its source has: far fewer are a part of a wafer, far more are another product's.
-- Parameters: none. Columns: severity, tbl, row_id (the key, its columns with char(31) between), column, value, message.
-- The gross die are those of the source or of the die; from a geometry they are estimated (area over area, less the edge), which is near enough for what is far off.
WITH
    gross(source, die) AS (
        SELECT s.source,
               COALESCE(s.units_per_start, d.gross_die,
                        pi() * pow(COALESCE(d.wafer_mm, 300.0) / 2 - COALESCE(d.edge_mm, 3.0), 2) / ((d.width_mm + COALESCE(d.scribe_mm, 0.1)) * (d.height_mm + COALESCE(d.scribe_mm, 0.1)))
                        - pi() * (COALESCE(d.wafer_mm, 300.0) - 2 * COALESCE(d.edge_mm, 3.0)) / sqrt(2 * (d.width_mm + COALESCE(d.scribe_mm, 0.1)) * (d.height_mm + COALESCE(d.scribe_mm, 0.1))))
        FROM source AS s CROSS JOIN die AS d ON d.item = s.item
    ),
    far AS (
        SELECT r.wafer, r.run, r.tested, g.source, g.die, COUNT(*) OVER (PARTITION BY g.source) AS wafers,
               row_number() OVER (PARTITION BY g.source ORDER BY abs(ln(1.0 * r.tested / g.die)) DESC, r.wafer) AS place
        FROM wafer_result AS r
        CROSS JOIN wafer AS w ON w.wafer = r.wafer
        CROSS JOIN lot AS l ON l.lot = w.lot
        CROSS JOIN gross AS g ON g.source = l.source
        WHERE r.stage = 'sort' AND r.tested > 0 AND g.die > 1 AND (r.tested < 0.5 * g.die OR r.tested > 1.1 * g.die)
    )
SELECT 'warning' AS severity, 'wafer_test' AS tbl, wafer || char(31) || 'sort' || char(31) || run AS row_id, 'tested' AS "column", tested AS value,
       'should be about ' || format('%.0f', die) || ', the gross die of source ' || source ||
       CASE WHEN wafers > 1 THEN ' (' || wafers || ' wafers have less than half or more than 1.1 times as many)' ELSE '' END AS message
FROM far
WHERE place = 1
ORDER BY source;
