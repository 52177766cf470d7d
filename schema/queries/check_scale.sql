-- Purpose: coefficients so small or so large that the solver's precision suffers. The check of the plan decides; this says where to look.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
WITH coefficient(tbl, row_id, "column", value) AS (
    SELECT 'bom', rowid, 'quantity', quantity FROM bom
    UNION ALL
    SELECT 'route_step', rowid, 'minutes_per_unit', minutes_per_unit FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'visits', visits FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'minutes_per_lot', minutes_per_lot FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'minutes_per_batch', minutes_per_batch FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'batch_max', batch_max FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'batch_fill', batch_fill FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'interval_minutes_per_unit', interval_minutes_per_unit FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'setup_minutes', setup_minutes FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'units_per_setup', units_per_setup FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'lead_minutes', lead_minutes FROM route_step
    UNION ALL
    SELECT 'route_step', rowid, 'units_per_train', units_per_train FROM route_step
    UNION ALL
    SELECT 'tool_alternate', rowid, 'hours_ratio', hours_ratio FROM tool_alternate
    UNION ALL
    SELECT 'source', rowid, 'units_per_start', units_per_start FROM source
    UNION ALL
    SELECT 'source_yield', rowid, 'line_yield', line_yield FROM source_yield
    UNION ALL
    SELECT 'source_yield', rowid, 'unit_yield', unit_yield FROM source_yield
    UNION ALL
    SELECT 'source_cost', rowid, 'usd_per_start', usd_per_start FROM source_cost
    UNION ALL
    SELECT 'demand', rowid, 'quantity', quantity FROM demand
    UNION ALL
    SELECT 'demand', rowid, 'price_usd', price_usd FROM demand
    UNION ALL
    SELECT 'tool_group', rowid, 'price_usd', price_usd FROM tool_group
)
SELECT 'warning' AS severity, tbl, row_id, "column", value, 'should be 0 or lie between 1e-9 and 1e11 (out of scale; a wrong unit?)' AS message
FROM coefficient
WHERE value > 0 AND (value < 1e-9 OR value > 1e11)
UNION ALL
SELECT 'warning', 'demand', rowid, 'quantity', quantity,
       'should be worth less than 9e13 USD at price_usd ' || format('%.15g', price_usd) || ' (above it, amounts are no longer exact to the cent; a wrong unit?)'
FROM demand
WHERE quantity * price_usd > 9007199254740992 / 100.0;
