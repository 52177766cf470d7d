,
  ranked AS (SELECT *, row_number() OVER (ORDER BY chances, tool, week) AS place FROM meeting)
-- Tools that lots off their curve have in common, week by week of their visit, the most surprising number first.
SELECT m.place, m.tool, (SELECT e.tool_group FROM tool_event AS e WHERE e.tool = m.tool LIMIT 1) AS tool_group, m.week, m.lots,
       m.bad, m.by_chance, m.chances
FROM ranked AS m
WHERE m.place <= 25
ORDER BY m.place
