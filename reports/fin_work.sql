-- Hours that starts take of tools that were ordered, at what depreciation a used hour of the period bears.
SELECT w.key, w.source, w.started, w.tool_group, w.period, w.hours, '={at:fin_depreciation.usd_per_hour|g' || w.group_number || '|' || w.period || '}' AS rate_formula
FROM work_of AS w WHERE w.hours > {NOTHING}
ORDER BY w.source_number, w.started_number, w.group_number, w.number
