-- Purpose: the statement that gives a table's rows with all columns, in one order whatever they were written in.
-- Parameters: :table. Columns: sql.
SELECT 'SELECT * FROM "' || :table || '" ORDER BY ' || group_concat(cid + 1, ', ') FROM pragma_table_info(:table);
