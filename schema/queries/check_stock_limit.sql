-- Purpose: limits of stock, and what throwing away costs, are of items that can be in stock, and say something.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH unstocked(item) AS (
    SELECT source.item FROM source WHERE source IN (SELECT source FROM source_output)
    EXCEPT
    SELECT item FROM source_output
)
SELECT 'warning' AS severity, 'stock_limit' AS tbl, rowid AS row_id, 'max_stock' AS "column", NULL AS value, 'should be given, or holding_frac_per_year: the row has no effect' AS message
FROM stock_limit
WHERE max_stock IS NULL AND holding_frac_per_year IS NULL
UNION ALL
SELECT 'warning', 'stock_limit', rowid, 'item', item, 'should be an item that is stocked (a die before binning never is): the row has no effect'
FROM stock_limit
WHERE item IN unstocked
UNION ALL
SELECT 'warning', 'item', rowid, 'discard_usd', discard_usd, 'has no effect: ' || item || ' is never stocked, nor thrown away (a die before binning: give its bins a discard_usd)'
FROM item
WHERE discard_usd > 0 AND item IN unstocked;
