-- Purpose: the next free number of a sweep.
-- Parameters: none. Columns: sweep.
SELECT coalesce(MAX(sweep), 0) + 1 AS sweep FROM sweep;
