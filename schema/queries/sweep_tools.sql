-- Purpose: the tools that are ordered in some future, those that are worth buying in most futures first.
-- Parameters: :sweep, :most (rows; -1: all). Columns: tool_group, share (of the weight of futures that order some), base_tools, p10_tools, p50_tools, p90_tools, mean_usd (price, not discounted).
SELECT tool_group, share, base_tools, p10_tools, p50_tools, p90_tools, mean_usd
FROM sweep_ordered WHERE sweep = :sweep
ORDER BY share DESC, mean_usd DESC, tool_group
LIMIT :most;
