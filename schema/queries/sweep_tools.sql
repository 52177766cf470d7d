-- Purpose: the tools that are ordered in some future, those that are worth buying in most futures first.
-- Parameters: :sweep, :most (rows; -1: all). Columns: tool_group, share (of the weight of futures that order some), base_tools, p10_tools, p50_tools, p90_tools, mean_usd (price, not discounted).
SELECT t.key AS tool_group, o.mean AS share, t.base AS base_tools, t.p10 AS p10_tools, t.p50 AS p50_tools, t.p90 AS p90_tools, u.mean AS mean_usd
FROM sweep_range AS t
JOIN sweep_range AS o ON o.sweep = t.sweep AND o.what = 'ordered' AND o.key = t.key
JOIN sweep_range AS u ON u.sweep = t.sweep AND u.what = 'tool_usd' AND u.key = t.key
WHERE t.sweep = :sweep AND t.what = 'tools' AND (o.mean > 0 OR o.base > 0)
ORDER BY o.mean DESC, u.mean DESC, t.key
LIMIT :most;
