-- An input table.
SELECT * FROM {TABLE} ORDER BY {KEY}
