-- Purpose: entitlements are shares of the same capacity.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'warning' AS severity, 'customer' AS tbl, NULL AS row_id, 'entitlement' AS "column", SUM(entitlement) AS value,
       'should be at most 1, summed over the customers (policy entitlement promises more than there is)' AS message
FROM customer
HAVING SUM(entitlement) > 1 + 1e-9;
