-- An input table as it is now.
SELECT * FROM {TABLE} ORDER BY {KEY}
