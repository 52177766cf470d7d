-- Purpose: a die has the geometry that its sources need, and fits on its wafer and into the field of a scanner.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH
    needed(row_id, item, needs_count, needs_area) AS (
        SELECT die.rowid, die.item, MAX(source.units_per_start IS NULL), MAX(source.process IS NOT NULL)
        FROM die JOIN source ON source.item = die.item
        GROUP BY die.rowid
    ),
    bare(row_id) AS (SELECT rowid FROM die WHERE width_mm IS NULL OR height_mm IS NULL)
SELECT 'finding' AS severity, 'die' AS tbl, die.rowid AS row_id, 'gross_die' AS "column", NULL AS value,
       'must be given, or width_mm and height_mm (a source of the item has no units_per_start)' AS message
FROM die JOIN needed ON needed.row_id = die.rowid
WHERE needs_count AND gross_die IS NULL AND die.rowid IN bare
UNION ALL
SELECT 'finding', 'die', die.rowid, 'critical_area_cm2', NULL, 'must be given, or width_mm and height_mm (a process gives the yield of the item)'
FROM die JOIN needed ON needed.row_id = die.rowid
WHERE needs_area AND critical_area_cm2 IS NULL AND die.rowid IN bare
UNION ALL
SELECT 'finding', 'die', rowid, 'width_mm', width_mm, 'must fit, with height_mm ' || format('%.15g', height_mm) || ', on the wafer inside its edge'
FROM die
WHERE width_mm * width_mm + height_mm * height_mm > MAX(0, COALESCE(wafer_mm, 300) - 2 * COALESCE(edge_mm, 3)) * MAX(0, COALESCE(wafer_mm, 300) - 2 * COALESCE(edge_mm, 3))
UNION ALL
SELECT 'warning', 'die', rowid, 'width_mm', width_mm, 'should fit, with height_mm ' || format('%.15g', height_mm) || ', the field of a scanner, 26 x 33 mm (it cannot be exposed in one)'
FROM die
WHERE MIN(width_mm, height_mm) > 26 OR MAX(width_mm, height_mm) > 33;
