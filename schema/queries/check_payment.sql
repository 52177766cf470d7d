-- Purpose: the parts of a payment are SHARE@DAYS with plain decimals, and their shares sum to 1. A cause is of a tool that is down.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
SELECT 'finding' AS severity, 'tool_group' AS tbl, g.rowid AS row_id, 'payment' AS "column", g.payment AS value,
       'must be parts SHARE@DAYS separated by ; with plain decimals, such as 0.3@-365;0.6@0;0.1@90 (not ' || quote(p.text) || ')' AS message
FROM tool_payment AS p
JOIN tool_group AS g ON g.tool_group = p.tool_group
WHERE instr(p.text, '@') = 0 OR p.share_text = '' OR p.share_text GLOB '*[^0-9.]*' OR p.share_text GLOB '*.*.*' OR p.share_text = '.'
  OR ltrim(p.days_text, '-') = '' OR ltrim(p.days_text, '-') GLOB '*[^0-9.]*' OR p.days_text GLOB '*.*.*' OR p.days_text GLOB '--*' OR p.days_text GLOB '?*-*' OR ltrim(p.days_text, '-') = '.'
GROUP BY g.rowid
UNION ALL
SELECT 'finding', 'tool_group', g.rowid, 'payment', g.payment, 'must have shares that sum to 1, not ' || format('%.6g', coalesce((SELECT sum(p.share) FROM tool_payment AS p WHERE p.tool_group = g.tool_group), 0))
FROM tool_group AS g
WHERE g.payment IS NOT NULL AND abs(coalesce((SELECT sum(p.share) FROM tool_payment AS p WHERE p.tool_group = g.tool_group), 0) - 1) > 1e-9
UNION ALL
SELECT 'warning', 'tool_event', e.tool || char(31) || e.time, 'cause', e.cause, 'has no effect: the tool is ' || e.state || ', a cause is of a tool that is down'
FROM tool_event AS e
WHERE e.cause IS NOT NULL AND e.state NOT IN ('scheduled_down', 'unscheduled_down');
