,
  -- now: of the inputs, with the changes that the plan is revalued with
  drivers(part, kind, key, what, name, from_date, unit, planned, now) AS (
    SELECT 1, 'Settings', 'rate', 'discount_rate', 'Discount rate', NULL, 'a year', discount_rate, (SELECT CAST(value AS REAL) FROM setting WHERE key = 'discount_rate') FROM p
    UNION ALL SELECT 1, 'Settings', 'end', 'end_value_frac', 'Worth of what is left, of its unit value', NULL, 'share', end_value_frac, (SELECT CAST(value AS REAL) FROM setting WHERE key = 'end_value_frac') FROM p
    UNION ALL SELECT 1, 'Settings', 'commitment', 'commitment_factor', 'Broken promise, of the price', NULL, 'times', coalesce(planned.factor, {COMMITMENT}),
      (SELECT CAST(value AS REAL) FROM setting WHERE key = 'commitment_factor') FROM (SELECT max(commitment_usd / (lack * price_usd)) AS factor FROM de WHERE lack * price_usd > 0) AS planned WHERE EXISTS (SELECT 1 FROM de WHERE lack > {NOTHING})
    UNION ALL SELECT 2, 'Demand price', 'price' || n, demand, customer || ' · ' || item || ' · ' || period, NULL, 'USD per unit', price_usd, now_price_usd FROM de WHERE shipped > 0 OR lack > {NOTHING}
    UNION ALL SELECT 3, 'Shortage penalty', 'short' || n, demand, customer || ' · ' || item || ' · ' || period, NULL, 'USD per unit', shortage_usd / short, coalesce(unit_shortage_usd, 0.0) FROM de WHERE short > {NOTHING}
    UNION ALL SELECT 4, 'Late penalty', 'late' || n, de.demand, de.customer || ' · ' || de.item || ' · ' || de.period, NULL, 'USD per unit and week', max(l.late_usd / (l.quantity * l.late_weeks)), coalesce(late_usd_per_week, 0.0)
              FROM de JOIN plan_shipment AS l ON l.plan = :plan AND l.demand = de.demand AND l.late_weeks > 0 AND l.quantity > 0 GROUP BY de.demand
    UNION ALL SELECT 5, 'Cost of a start', 'cost' || cost_key, source, item, min(start_date), 'USD per start', usd_per_start, coalesce(
      (SELECT c.usd_per_start FROM source_cost AS c WHERE c.source = paid.source AND c.from_date <= paid.start_date ORDER BY c.from_date DESC LIMIT 1),
      (SELECT c.usd_per_start FROM source_cost AS c WHERE c.source = paid.source ORDER BY c.from_date LIMIT 1)) FROM paid GROUP BY cost_key
    UNION ALL SELECT 6, 'Power', 'mwh' || mwh_key, site, site, min(start_date), 'USD per MWh', usd_per_mwh, coalesce(
      (SELECT c.usd_per_mwh FROM power_limit AS c WHERE c.site = powered.site AND c.from_date <= powered.start_date ORDER BY c.from_date DESC LIMIT 1),
      (SELECT c.usd_per_mwh FROM power_limit AS c WHERE c.site = powered.site ORDER BY c.from_date LIMIT 1)) FROM powered GROUP BY mwh_key
    UNION ALL SELECT 7, 'Unit value', 'value' || it.n, it.item, it.name, NULL, 'USD per unit', coalesce((SELECT max(s.unit_value_usd) FROM plan_stock AS s WHERE s.plan = :plan AND s.item = it.item), it.unit_value_usd, 0.0), coalesce(it.unit_value_usd, 0.0) FROM it
              WHERE it.n IN (SELECT n FROM left_over UNION SELECT n FROM held WHERE closing > {NOTHING} AND unit_value_usd > 0 UNION SELECT v.n FROM it AS v JOIN valued ON valued.item = v.item)
    UNION ALL SELECT 8, 'Holding', 'holding' || it.n, it.item, it.name, NULL, 'of the value a year', max(h.holding_usd / nullif(h.closing * h.unit_value_usd * h.days / {DAYS_PER_YEAR}, 0)), coalesce(holding_frac_per_year, {HOLDING}) FROM it
              JOIN held AS h ON h.held_at = 'holding' || it.n AND h.closing > {NOTHING} AND h.unit_value_usd > 0 GROUP BY it.n
    UNION ALL SELECT 8, 'Holding', 'limit' || li.n, li.item, it.name, li.from_date, 'of the value a year', max(h.holding_usd / nullif(h.closing * h.unit_value_usd * h.days / {DAYS_PER_YEAR}, 0)), li.holding_frac_per_year
              FROM li JOIN it ON it.item = li.item JOIN held AS h ON h.held_at = 'limit' || li.n AND h.closing > {NOTHING} AND h.unit_value_usd > 0 GROUP BY li.n
    UNION ALL SELECT 9, 'Tool price', 'tool' || n, tool_group, name, NULL, 'USD per tool', (SELECT max(b.usd_per_tool) FROM plan_purchase AS b WHERE b.plan = :plan AND b.tool_group = gr.tool_group AND b.event = 'order'), price_usd
              FROM gr WHERE tool_group IN (SELECT tool_group FROM plan_purchase WHERE plan = :plan AND event = 'order' AND tools > {NOTHING})
    UNION ALL SELECT 10, 'Removal of a tool', 'removal' || n, tool_group, name, NULL, 'USD per tool', (SELECT max(b.usd_per_tool) FROM plan_purchase AS b WHERE b.plan = :plan AND b.tool_group = gr.tool_group AND b.event = 'removal'), removal_usd
              FROM gr WHERE tool_group IN (SELECT tool_group FROM plan_purchase WHERE plan = :plan AND event = 'removal' AND tools > {NOTHING})
    UNION ALL SELECT 11, 'Substitution', 'sub' || su.n, su.item || '|' || su.instead_of || iif(su.consumer IS NULL, '', '|' || su.consumer), su.item || ' instead of ' || su.instead_of, su.from_date, 'USD per unit', max(b.usd / b.quantity), coalesce(usd_per_unit, 0.0)
              FROM su JOIN stood AS b ON b.n = su.n GROUP BY su.n)
-- Every price that the book calculates with, once: the blue cells.
SELECT kind, key, what, name, from_date, unit, coalesce(iif(:revalued IS NULL OR abs(now - planned) <= {TOLERANCE_EXACT} * abs(planned), planned, now), planned, now) AS value, coalesce(planned, now) AS planned FROM drivers ORDER BY part, what, from_date
