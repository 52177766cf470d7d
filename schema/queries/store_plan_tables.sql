-- Purpose: the tables that hold what plans say, by name; not plan_release, which says something about them.
-- Parameters: none. Columns: name.
SELECT t.name
FROM sqlite_schema AS t
WHERE t.type = 'table' AND (t.name = 'plan' OR t.name LIKE 'plan\_%' ESCAPE '\')
  AND t.name <> 'plan_release'
  AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = 'plan')
ORDER BY t.name;
