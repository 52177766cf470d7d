,
  -- names beside identifiers, where they say more
  named(kind, id, text) AS (
    SELECT 'customer', customer, customer || coalesce(' (' || nullif(name, customer) || ')', '') FROM customer
    UNION ALL SELECT 'item', item, item || coalesce(' (' || nullif(name, item) || ')', '') FROM item
    UNION ALL SELECT 'tool', tool_group, tool_group || coalesce(' (' || nullif(name, tool_group) || ')', '') FROM tool_group),
  -- 543210987 -> "543.2 million"
  unit(least, size, word) AS (VALUES (1000000000, 1000000000, ' billion'), (1000000, 1000000, ' million'), (0, 1, '')),
  gains AS (
    SELECT v.gain_usd AS usd, 'lever' AS kind,
           CASE v.what WHEN 'tool' THEN 'One more tool of ' || coalesce(t.text, v.key) || ' from ' || v.period
             WHEN 'usd' THEN 'Of the budget of ' || v.key || ' ' || printf('%,d', CAST(round(v.step) AS INTEGER)) || ' USD more'
             WHEN 'target' THEN printf('%.4g', v.step) || ' ' || v.unit || ' of the ' || v.label || ' from ' || v.period
             WHEN 'promise' THEN printf('%.4g', v.step) || ' ' || v.unit || ' of the ' || v.label
             WHEN 'split' THEN 'The ' || v.label || ', giving way by ' || printf('%.4g', v.step) || ' ' || v.unit || ' from ' || v.period || ','
             WHEN 'room' THEN printf('%.4g', v.step) || ' ' || v.unit || ' more ' || v.label || ' from ' || v.period
             ELSE printf('%.4g', v.step) || ' ' || v.unit || ' more of ' || v.key || ' from ' || v.period END AS what,
           CASE WHEN v.tie = '' THEN '' ELSE ', with ' || v.tie END AS along,
           CASE WHEN v.what = 'tool' AND g.price_usd > 0 THEN g.price_usd END AS price,
           'tested by solving again' AS known, 'sheet Levers, rank ' || row_number() OVER (ORDER BY nullif(CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END, 0) IS NULL,
             v.gain_usd / CASE v.what WHEN 'tool' THEN g.price_usd * v.step WHEN 'usd' THEN v.step END DESC, v.gain_usd DESC, v.number) AS evidence
    FROM plan_step AS v LEFT JOIN named AS t ON t.kind = 'tool' AND t.id = v.key AND v.what = 'tool' LEFT JOIN tool_group AS g ON g.tool_group = v.key AND v.what = 'tool' WHERE v.plan = :plan AND v.tested AND v.lever),
  lacking AS (
    SELECT d.customer, d.item, sum(d.short) AS units, sum(d.short * d.price_usd) AS usd,
           (SELECT r.label || coalesce(' in ' || r.period, '') FROM plan_short AS s JOIN plan_demand AS o ON o.plan = s.plan AND o.demand = s.demand
              JOIN plan_shortage AS r ON r.plan = s.plan AND r.demand = s.demand AND r.rank = 1
            WHERE s.plan = :plan AND o.customer = d.customer AND o.item = d.item
            GROUP BY r.label ORDER BY sum(o.short * o.price_usd) DESC, r.label LIMIT 1) AS reason,
           (SELECT count(DISTINCT r.label) - 1 FROM plan_short AS s JOIN plan_demand AS o ON o.plan = s.plan AND o.demand = s.demand JOIN plan_shortage AS r ON r.plan = s.plan AND r.demand = s.demand AND r.rank = 1
            WHERE s.plan = :plan AND o.customer = d.customer AND o.item = d.item) AS others
    FROM plan_demand AS d JOIN plan_short AS t ON t.plan = d.plan AND t.demand = d.demand WHERE d.plan = :plan GROUP BY d.customer, d.item),
  late AS (
    SELECT customer, sum(revenue_usd) AS usd, sum(7 * late_weeks * revenue_usd) / sum(revenue_usd) AS days,
           (SELECT o.item FROM plan_shipment AS o WHERE o.plan = :plan AND o.customer = s.customer AND o.late_weeks > 0 GROUP BY o.item ORDER BY sum(o.revenue_usd) DESC, o.item LIMIT 1) AS item
    FROM plan_shipment AS s
    WHERE plan = :plan AND late_weeks > 0 GROUP BY customer HAVING sum(revenue_usd) > 0),
  bought AS (SELECT tool_group, sum(usd) AS usd, sum(tools) AS tools FROM plan_purchase WHERE plan = :plan AND event = 'order' AND tools > {NOTHING} GROUP BY tool_group),
  said(usd, kind, before, behind, known, evidence, link) AS (
    SELECT usd, kind, what || along || ' gains ', CASE WHEN price IS NULL THEN '' ELSE '; its price is ' || printf('%,d', CAST(round(price) AS INTEGER)) || ' USD' END, known, evidence, 'exec_levers|' || replace(evidence, 'sheet Levers, rank ', '') FROM gains WHERE usd > 0
    UNION ALL SELECT usd, 'shortage', coalesce((SELECT text FROM named WHERE kind = 'customer' AND id = customer), customer) || ' lacks ' || printf('%,d', CAST(round(units) AS INTEGER)) || ' of ' || coalesce((SELECT text FROM named WHERE kind = 'item' AND id = item), item) || ', worth ',
                     coalesce(': ' || reason || iif(others > 0, ', and ' || others || iif(others = 1, ' other limit', ' other limits') || ' of other orders', ''), ''), 'of the plan; the reason binds',
                     'sheet Short and late, ' || customer || ' · ' || item, 'exec_short|' || customer || '|' || item FROM lacking
    UNION ALL SELECT usd, 'late', coalesce((SELECT text FROM named WHERE kind = 'customer' AND id = customer), customer) || ' gets chips late that are worth ', ', ' || printf('%.0f', days) || ' days on average by value', 'of the plan',
                     'sheet Short and late, ' || customer || ' · ' || item, 'exec_short|' || customer || '|' || item FROM late
    UNION ALL SELECT b.usd, 'capital', printf(CASE WHEN abs(b.tools - round(b.tools)) <= {NOTHING} THEN '%.0f' ELSE '%.2f' END, b.tools) || ' tools of ' || (SELECT text FROM named WHERE kind = 'tool' AND id = b.tool_group) || ' are ordered for ', printf(', %.0f %% of all tools ordered', 100 * b.usd / (SELECT sum(usd) FROM bought)), 'of the plan',
                     'sheet Tools ordered, ' || b.tool_group, 'exec_tools|' || b.tool_group FROM (SELECT * FROM bought ORDER BY usd DESC, tool_group LIMIT 2) AS b WHERE b.usd > 0
    UNION ALL SELECT gain_usd, 'contract', 'The contract of ' || key || ' costs more than it brings: ' || printf('%.4g', step) || ' ' || unit || ' of its minimum from ' || period || ' gain ', '', 'tested by solving again',
                     'sheet Contracts, ' || key, 'exec_contracts|' || key
              FROM (SELECT v.*, row_number() OVER (PARTITION BY v.key ORDER BY v.gain_usd DESC, v.number) AS place FROM plan_step AS v WHERE v.plan = :plan AND v.tested AND v.what = 'minimum') WHERE place = 1 AND gain_usd > 0
    UNION ALL SELECT sum(penalty_usd), 'promise', count(*) || iif(count(*) = 1, ' promise is', ' promises are') || ' broken; the penalty that steers the plan is ', '', 'of the plan',
                     'sheet Cover, promises', 'exec_cover|promises' FROM plan_promise WHERE plan = :plan HAVING count(*) > 0
    UNION ALL SELECT policy_price_usd, 'policy', 'Policy ' || policy || ' gives up profit of ', ' against policy profit', 'difference of two proven plans', 'sheet Cover, policy', 'exec_cover|policy'
              FROM p WHERE policy_price_usd > 0
    UNION ALL SELECT calm_usd, 'calm', 'Starts that move less cost ', ' of the objective', 'of the plan', 'sheet Cover, calm', 'exec_cover|calm' FROM p WHERE calm_usd > 0),
  ranked AS (SELECT row_number() OVER (ORDER BY usd DESC, kind, before) AS number, * FROM said)
-- At most ten sentences by money, each from numbers of the plan, with how it is known and where it comes from.
SELECT r.number, r.before || CASE WHEN u.size = 1 THEN printf('%,d', CAST(round(r.usd) AS INTEGER)) ELSE printf('%.4g', r.usd / u.size) END || u.word || ' USD' || r.behind || '.' AS sentence, r.usd, r.known, r.evidence, r.link
FROM ranked AS r JOIN unit AS u ON u.least = (SELECT max(least) FROM unit WHERE least <= r.usd)
ORDER BY r.number LIMIT 10
