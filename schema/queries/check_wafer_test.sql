-- Purpose: no more good die than tested ones.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'wafer_test' AS tbl, rowid AS row_id, 'good' AS "column", good AS value, 'must be at most tested ' || tested AS message
FROM wafer_test
WHERE good > tested;
