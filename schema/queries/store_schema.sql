-- Purpose: every object of the schema with its text, to compare a database with what the migrations make. Indexes that a table's own text implies have none;
-- statistics of ANALYZE are nobody's business.
-- Parameters: none. Columns: type, name, tbl_name, sql.
SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND substr(name, 1, 11) <> 'sqlite_stat' ORDER BY type, name;
