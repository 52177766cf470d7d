-- Purpose: the columns of a table, as it was made.
-- Parameters: :table. Columns: name.
SELECT name FROM pragma_table_info(:table) ORDER BY cid;
