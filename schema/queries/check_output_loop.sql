-- Purpose: what comes out of a source must not be needed, over bills of material, to start it: nothing could ever begin.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- Bills of material that loop by themselves are check_bom_loop's.
WITH RECURSIVE
    consumer(source, item) AS (SELECT source, item FROM source WHERE COALESCE(consumes_bom, route IS NOT NULL)),
    edge(item, component) AS (
        SELECT item, component FROM bom
        UNION
        SELECT source_output.item, bom.component
        FROM source_output JOIN consumer ON consumer.source = source_output.source JOIN bom ON bom.item = consumer.item
    ),
    reach(root, node) AS (
        SELECT source_output.item, edge.component FROM source_output JOIN edge ON edge.item = source_output.item
        UNION
        SELECT reach.root, edge.component FROM reach JOIN edge ON edge.item = reach.node
    ),
    bom_reach(root, node) AS (
        SELECT source_output.item, bom.component FROM source_output JOIN bom ON bom.item = source_output.item
        UNION
        SELECT bom_reach.root, bom.component FROM bom_reach JOIN bom ON bom.item = bom_reach.node
    )
SELECT 'finding' AS severity, 'source_output' AS tbl, source_output.rowid AS row_id, 'item' AS "column", source_output.item AS value,
       'must not be needed to make itself (components of ' || consumer.item || ')' AS message
FROM source_output
JOIN consumer ON consumer.source = source_output.source
WHERE EXISTS (SELECT 1 FROM reach WHERE root = source_output.item AND node = source_output.item)
  AND NOT EXISTS (SELECT 1 FROM bom_reach WHERE root = source_output.item AND node = source_output.item)
ORDER BY source_output.source, source_output.item;
