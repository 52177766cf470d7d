-- Purpose: no item may need itself, over any number of bills of material. One finding for each group of items that need each other, with its shortest loop.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- Only items that are both made and used can loop (edge). first: the first item of each group. near: least number of steps back to it. next: the step that gets nearer.
WITH RECURSIVE
    edge(item, component) AS (
        SELECT item, component FROM bom
        WHERE item IN (SELECT component FROM bom) AND component IN (SELECT item FROM bom)
    ),
    reach(root, node) AS (
        SELECT item, component FROM edge
        UNION
        SELECT reach.root, edge.component FROM reach JOIN edge ON edge.item = reach.node
    ),
    looped(node) AS (SELECT root FROM reach WHERE root = node),
    first(node) AS (
        SELECT node FROM looped AS l
        WHERE NOT EXISTS (SELECT 1 FROM reach AS a JOIN reach AS b ON b.root = a.node AND b.node = a.root WHERE a.root = l.node AND a.node < l.node)
    ),
    back(goal, node, steps) AS (
        SELECT node, node, 0 FROM first
        UNION
        SELECT back.goal, edge.item, back.steps + 1
        FROM back JOIN edge ON edge.component = back.node
        WHERE edge.item IN looped AND back.steps < (SELECT COUNT(*) FROM looped)
    ),
    near(goal, node, steps) AS (SELECT goal, node, MIN(steps) FROM back GROUP BY goal, node),
    next(goal, node, component) AS (
        SELECT goal, item, component
        FROM (SELECT near.goal, edge.item, edge.component,
                     ROW_NUMBER() OVER (PARTITION BY near.goal, edge.item ORDER BY near.steps, edge.component) AS choice
              FROM edge JOIN near ON near.node = edge.component)
        WHERE choice = 1
    ),
    path(goal, node, loop, length) AS (
        SELECT node, node, node, 0 FROM first
        UNION ALL
        SELECT path.goal, next.component, path.loop || ' needs ' || next.component, path.length + 1
        FROM path JOIN next ON next.goal = path.goal AND next.node = path.node
        WHERE path.length = 0 OR path.node <> path.goal
    )
SELECT 'finding' AS severity, 'bom' AS tbl, bom.rowid AS row_id, 'component' AS "column", bom.component AS value,
       'must not loop (' || path.loop || ')' AS message
FROM path
JOIN path AS step ON step.goal = path.goal AND step.length = 1
JOIN bom ON bom.item = path.goal AND bom.component = step.node
WHERE path.length > 0 AND path.node = path.goal
ORDER BY path.goal;
