,
  grown AS (SELECT 'IF({sum:fin_bridge_chips.base_usd}=0,1,{sum:fin_bridge_chips.now_usd}/{sum:fin_bridge_chips.base_usd})' AS text),
  steps(number, key, what, value, formula, note) AS (
    SELECT 1, 'before', 'Profit of plan ' || plan || coalesce(' "' || name || '"', ''), profit_usd, NULL, 'the plan stored before this one, as planned' FROM base
    UNION ALL SELECT 2, 'volume', 'Volume', NULL, '=(' || text || '-1)*{sum:fin_bridge_chips.base_margin_usd}', 'all chips grow alike, at prices before and unit costs of now' FROM grown
    UNION ALL SELECT 3, 'mix', 'Mix', NULL, '={sum:fin_bridge_chips.now_margin_usd}-' || text || '*{sum:fin_bridge_chips.base_margin_usd}', 'other chips than before, at the same prices and costs' FROM grown
    UNION ALL SELECT 4, 'price', 'Price', NULL, '={sum:fin_bridge_chips.price_effect_usd}', 'units of now at prices of now, less prices before: sheet Bridge by chip'
    UNION ALL SELECT 5, 'yield', 'Yield', NULL, iif(EXISTS (SELECT 1 FROM base_sources AS b JOIN paid AS q ON q.source = b.source WHERE b.good_units > {NOTHING} AND q.good_units > {NOTHING}), '={sum:fin_bridge_yields.usd}', '=0'),
      'good units of a start: sheet Bridge by source'
    UNION ALL SELECT 6, 'other', 'Other costs', NULL, '={cell:fin_bridge.now}-{cell:fin_bridge.before}-{cell:fin_bridge.volume}-{cell:fin_bridge.mix}-{cell:fin_bridge.price}-{cell:fin_bridge.yield}',
      'all else: sources and their prices, tools, power, stock, charges'
    UNION ALL SELECT 7, 'now', 'Profit of this plan', NULL, '={cell:fin_cover.profit_usd}', 'live: sheet Profit and loss')
-- Steps from the profit of the plan before to that of this one. Level: where a step ends; the columns of the chart stand between two levels.
SELECT number, key, what, value, formula, CASE number WHEN 1 THEN '={value}' WHEN 7 THEN '={value}' ELSE (SELECT '=' || group_concat('{cell:fin_bridge.' || b.key || '}', '+') FROM (SELECT key FROM steps WHERE number <= s.number ORDER BY number) AS b) END
         AS level_formula, iif(number IN (1, 7), '=0', '={level}-{value}') AS from_formula, note
FROM steps AS s WHERE (SELECT plan FROM base) IS NOT NULL ORDER BY number
