-- Purpose: a price, a cost or a yield a thousand times off the others of its kind: a decimal comma, a thousands separator or a unit that got lost.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- Values of 0 say something else and are left out. alike: rows that have the same are about the same thing. near: off the (lower) median of those, of two off the first. alone: the
-- rows of one thing against all others of the column, of which there must be some, for things may differ: only a gap of a thousand to the nearest one counts.
-- One warning for a column and what is alike: the row that is farthest off, with the number of others.
WITH
    amount(tbl, row_id, "column", alike, value) AS (
        SELECT 'demand', rowid, 'price_usd', 'item ' || item, price_usd FROM demand
        UNION ALL
        SELECT 'demand', rowid, 'shortage_usd', 'item ' || item, shortage_usd FROM demand
        UNION ALL
        SELECT 'demand', rowid, 'late_usd_per_week', 'item ' || item, late_usd_per_week FROM demand
        UNION ALL
        SELECT 'source_cost', rowid, 'usd_per_start', 'source ' || source, usd_per_start FROM source_cost
        UNION ALL
        SELECT 'source_limit', rowid, 'shortfall_usd_per_start', 'source ' || source, shortfall_usd_per_start FROM source_limit
        UNION ALL
        SELECT 'source_yield', rowid, 'line_yield', 'source ' || source, line_yield FROM source_yield
        UNION ALL
        SELECT 'source_yield', rowid, 'unit_yield', 'source ' || source, unit_yield FROM source_yield
        UNION ALL
        SELECT 'power_limit', rowid, 'usd_per_mwh', 'site ' || site, usd_per_mwh FROM power_limit
        UNION ALL
        SELECT 'item', rowid, 'unit_value_usd', 'item ' || item, unit_value_usd FROM item
        UNION ALL
        SELECT 'tool_group', rowid, 'price_usd', 'tool group ' || tool_group, price_usd FROM tool_group
        UNION ALL
        SELECT 'process', rowid, 'd0_start_per_cm2', 'process ' || process, d0_start_per_cm2 FROM process WHERE model <> 'bose_einstein'
        UNION ALL
        SELECT 'process', rowid, 'd0_mature_per_cm2', 'process ' || process, d0_mature_per_cm2 FROM process WHERE model <> 'bose_einstein'
    ),
    ranked AS (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY tbl, "column", alike ORDER BY value, row_id) AS place, COUNT(*) OVER (PARTITION BY tbl, "column", alike) AS many,
               MIN(row_id) OVER (PARTITION BY tbl, "column", alike) AS first_id
        FROM amount
        WHERE value > 0
    ),
    thing AS (SELECT tbl, "column", alike, value AS median FROM ranked WHERE CASE many WHEN 2 THEN row_id = first_id ELSE place = (many + 1) / 2 END),
    near AS (
        SELECT ranked.*, median,
               ROW_NUMBER() OVER (PARTITION BY tbl, "column", alike ORDER BY abs(ln(value / median)) DESC, row_id) AS worst,
               COUNT(*) OVER (PARTITION BY tbl, "column", alike) AS off
        FROM ranked JOIN thing USING (tbl, "column", alike)
        WHERE value >= 1000 * median OR value <= median / 1000
    ),
    ordered AS (
        SELECT tbl, "column", alike, median, LAG(median) OVER by_value AS below, LEAD(median) OVER by_value AS above,
               ROW_NUMBER() OVER by_value AS place, COUNT(*) OVER (PARTITION BY tbl, "column") AS things
        FROM thing
        WINDOW by_value AS (PARTITION BY tbl, "column" ORDER BY median, alike ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ),
    alone AS (
        SELECT tbl, "column", alike, CASE place WHEN 1 THEN above ELSE below END AS nearest
        FROM ordered
        WHERE things >= 5 AND ((place = 1 AND median <= above / 1000) OR (place = things AND median >= 1000 * below))
    )
SELECT 'warning' AS severity, tbl, row_id, "column", value,
       'should be near the others of ' || alike || ', about ' || format('%.6g', median) || ' (a thousand times off: a decimal comma, a thousands separator, a unit?' ||
       CASE off WHEN 1 THEN ')' WHEN 2 THEN '; 1 row more is)' ELSE '; ' || (off - 1) || ' rows more are)' END AS message
FROM near
WHERE worst = 1
UNION ALL
SELECT 'warning', tbl, MIN(row_id), "column", value,
       'should be near the others of the column, the nearest is ' || format('%.6g', nearest) || ' (a thousand times off: a decimal comma, a thousands separator, a unit?)'
FROM ranked JOIN alone USING (tbl, "column", alike)
GROUP BY tbl, "column", alike;
