-- Purpose: the tables that hold what plans (or snapshots of yields) say, by name, with their columns as they were made; not plan_release, which says something about them.
-- Parameters: :head the table with one row for each, :like its other tables as a pattern (\ before _), :key the column of its number. Columns: name, column.
SELECT t.name, c.name AS "column"
FROM sqlite_schema AS t
JOIN pragma_table_info(t.name) AS c
WHERE t.type = 'table' AND (t.name = :head OR t.name LIKE :like ESCAPE '\')
  AND t.name <> 'plan_release'
  AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS k WHERE k.name = :key)
ORDER BY t.name, c.cid;
