-- The tools that are ordered in some future of a sweep: what is printed and what the book shows.
CREATE VIEW sweep_ordered AS
SELECT t.sweep, t.key AS tool_group, o.mean AS share, t.base AS base_tools, t.p10 AS p10_tools, t.p50 AS p50_tools, t.p90 AS p90_tools, u.mean AS mean_usd
FROM sweep_range AS t
JOIN sweep_range AS o ON o.sweep = t.sweep AND o.what = 'ordered' AND o.key = t.key
JOIN sweep_range AS u ON u.sweep = t.sweep AND u.what = 'tool_usd' AND u.key = t.key
WHERE t.what = 'tools' AND (o.mean > 0 OR o.base > 0);
