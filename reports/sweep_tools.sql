-- Tools that are ordered in some future.
SELECT tool_group, share, base_tools, p10_tools, p50_tools, p90_tools, mean_usd
FROM sweep_ordered WHERE sweep = :sweep
ORDER BY share DESC, mean_usd DESC, tool_group
