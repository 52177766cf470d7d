-- How the cost of a source's starts is split over what comes out of it: by good units x unit value, by units where nothing has a value.
SELECT so.n || '|' || it.n AS key, o.source, o.item, o.share, '={cell:fin_drivers.value' || it.n || '}' AS value_formula,
       '=IF((' || d.weights || ')=0,{share}/(' || d.shares || '),{weight}/(' || d.weights || '))' AS split_formula
FROM source_output AS o JOIN so ON so.source = o.source JOIN it ON it.item = o.item
JOIN (SELECT o.source, group_concat('{of:fin_outputs.weight|' || so.n || '|' || it.n || '}', '+') AS weights, group_concat('{of:fin_outputs.share|' || so.n || '|' || it.n || '}', '+') AS shares
      FROM source_output AS o JOIN so ON so.source = o.source JOIN it ON it.item = o.item GROUP BY o.source) AS d ON d.source = o.source
WHERE o.source IN (SELECT source FROM source_output GROUP BY source HAVING count(*) > 1) AND o.source IN (SELECT source FROM paid)
ORDER BY so.n, it.n
