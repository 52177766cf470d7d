-- Purpose: the tables that hold what plans (or snapshots of yields) say, by name; not plan_release, which says something about them.
-- Parameters: :head the table with one row for each, :like its other tables as a pattern (\ before _), :key the column of its number. Columns: name.
SELECT t.name
FROM sqlite_schema AS t
WHERE t.type = 'table' AND (t.name = :head OR t.name LIKE :like ESCAPE '\')
  AND t.name <> 'plan_release'
  AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = :key)
ORDER BY t.name;
