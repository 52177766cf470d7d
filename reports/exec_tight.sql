-- The five tightest tool groups: by what one percent more hours in every period are worth at most, then by utilisation.
SELECT row_number() OVER (ORDER BY c.percent_usd DESC, c.used_hours / c.available_hours DESC, c.tool_group) AS place, c.tool_group || coalesce(' · ' || nullif(g.name, c.tool_group), '') AS label, g.line,
       c.available_hours, c.used_hours, c.peak, c.percent_usd
FROM (SELECT tool_group, sum(available_hours) AS available_hours, sum(used_hours) AS used_hours, max(utilisation) AS peak, sum(usd_per_hour * available_hours) / 100 AS percent_usd
      FROM plan_capacity WHERE plan = :plan GROUP BY tool_group HAVING sum(available_hours) > 0) AS c
LEFT JOIN tool_group AS g ON g.tool_group = c.tool_group
ORDER BY place LIMIT 5
