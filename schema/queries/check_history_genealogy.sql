-- Purpose: the lot that a lot was split from is a lot, and no lot is its own ancestor. One finding for each loop.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- grounded: lots whose ancestors end. up: the ancestors of the others, on a loop or below one. A lot has one parent: the ancestors of a lot on a loop are the loop.
WITH RECURSIVE
    grounded(lot) AS (
        SELECT lot FROM lot
        WHERE parent_lot IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lot AS p WHERE p.lot = lot.parent_lot AND p.parent_lot IS NOT NULL)
        UNION ALL
        SELECT child.lot FROM grounded JOIN lot AS child ON child.parent_lot = grounded.lot
    ),
    up(lot, ancestor) AS (
        SELECT lot, parent_lot FROM lot WHERE parent_lot IS NOT NULL AND lot NOT IN grounded
        UNION
        SELECT up.lot, p.parent_lot FROM up JOIN lot AS p ON p.lot = up.ancestor
    ),
    first(lot) AS (SELECT lot FROM up GROUP BY lot HAVING MIN(ancestor) = lot),
    path(first, lot, loop) AS (
        SELECT lot, lot, lot FROM first
        UNION ALL
        SELECT path.first, p.parent_lot, path.loop || ' from ' || p.parent_lot
        FROM path JOIN lot AS p ON p.lot = path.lot
        WHERE path.loop = path.first OR path.lot <> path.first
    )
SELECT 'finding' AS severity, 'lot' AS tbl, rowid AS row_id, 'parent_lot' AS "column", parent_lot AS value, 'must be in table lot (it is split from a lot that is not known)' AS message
FROM lot
WHERE parent_lot IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lot AS p WHERE p.lot = lot.parent_lot)
UNION ALL
SELECT 'finding', 'lot', lot.rowid, 'parent_lot', lot.parent_lot, 'must not come from the lot itself (' || path.loop || ')'
FROM path JOIN lot ON lot.lot = path.first
WHERE path.lot = path.first AND path.loop <> path.first;
