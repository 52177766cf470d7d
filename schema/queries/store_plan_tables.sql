-- Purpose: the tables that hold rows of plans, by name.
-- Parameters: none. Columns: name.
SELECT t.name
FROM sqlite_schema AS t
WHERE t.type = 'table' AND (t.name = 'plan' OR t.name LIKE 'plan\_%' ESCAPE '\')
  AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = 'plan')
ORDER BY t.name;
