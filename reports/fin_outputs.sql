-- How the cost of a source's starts is split over what comes out of them: by good units x unit value, by units where nothing has a value.
SELECT c.source_number || '|' || c.number || '|' || it.n AS key, c.source, c.period, c.item, c.share, '={cell:fin_drivers.value' || it.n || '}' AS value_formula,
       '=IF((' || d.weights || ')=0,IF((' || d.shares || ')=0,0,{share}/(' || d.shares || ')),{weight}/(' || d.weights || '))' AS split_formula
FROM came AS c JOIN it ON it.item = c.item
JOIN (SELECT c.source, c.period, group_concat('{of:fin_outputs.weight|' || c.source_number || '|' || c.number || '|' || it.n || '}', '+') AS weights,
             group_concat('{of:fin_outputs.share|' || c.source_number || '|' || c.number || '|' || it.n || '}', '+') AS shares
      FROM came AS c JOIN it ON it.item = c.item GROUP BY c.source, c.period) AS d ON d.source = c.source AND d.period = c.period
WHERE c.outputs > 1
ORDER BY c.source_number, c.number, it.n
