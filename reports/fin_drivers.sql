,
  drivers(part, kind, key, what, name, from_date, unit, value) AS (
    SELECT 1, 'Settings', 'rate', 'discount_rate', 'Discount rate', NULL, 'a year', discount_rate FROM p
    UNION ALL SELECT 1, 'Settings', 'end', 'end_value_frac', 'Worth of what is left, of its unit value', NULL, 'share', end_value_frac FROM p
    UNION ALL SELECT 1, 'Settings', 'commitment', 'commitment_factor', 'Broken promise, of the price', NULL, 'times', coalesce((SELECT CAST(value AS REAL) FROM setting WHERE key = 'commitment_factor'), 10.0)
    UNION ALL SELECT 2, 'Demand price', 'price' || n, demand, customer || ' · ' || item || ' · ' || period, NULL, 'USD per unit', price_usd FROM de
    UNION ALL SELECT 3, 'Shortage penalty', 'short' || n, demand, customer || ' · ' || item || ' · ' || period, NULL, 'USD per unit', coalesce(unit_shortage_usd, 0.0) FROM de
    UNION ALL SELECT 4, 'Late penalty', 'late' || n, demand, customer || ' · ' || item || ' · ' || period, NULL, 'USD per unit and week', coalesce(late_usd_per_week, 0.0) FROM de
    UNION ALL SELECT 5, 'Cost of a start', 'cost' || source_number || '|' || coalesce(cost_from, ''), source, item, cost_from, 'USD per start', max(usd_per_start) FROM paid GROUP BY source_number, cost_from
    UNION ALL SELECT 6, 'Power', 'mwh' || site_number || '|' || coalesce(mwh_from, ''), site, site, mwh_from, 'USD per MWh', max(usd_per_mwh) FROM powered GROUP BY site_number, mwh_from
    UNION ALL SELECT 7, 'Unit value', 'value' || n, item, name, NULL, 'USD per unit', coalesce(unit_value_usd, 0.0) FROM it
    UNION ALL SELECT 8, 'Holding', 'holding' || n, item, name, NULL, 'of the value a year', coalesce(holding_frac_per_year, {HOLDING}) FROM it
    UNION ALL SELECT 8, 'Holding', 'limit' || li.n, li.item, it.name, li.from_date, 'of the value a year', li.holding_frac_per_year FROM li JOIN it ON it.item = li.item
    UNION ALL SELECT 9, 'Tool price', 'tool' || n, tool_group, name, NULL, 'USD per tool', price_usd FROM gr WHERE tool_group IN (SELECT tool_group FROM plan_purchase WHERE plan = :plan AND event = 'order' AND tools > {NOTHING})
    UNION ALL SELECT 10, 'Removal of a tool', 'removal' || n, tool_group, name, NULL, 'USD per tool', removal_usd FROM gr
              WHERE tool_group IN (SELECT tool_group FROM plan_purchase WHERE plan = :plan AND event = 'removal' AND tools > {NOTHING})
    UNION ALL SELECT 11, 'Substitution', 'sub' || n, item || '|' || instead_of, item || ' instead of ' || instead_of, NULL, 'USD per unit', coalesce(usd_per_unit, 0.0) FROM su)
-- Every price that the book calculates with, once: the blue cells.
SELECT kind, key, what, name, from_date, unit, value, value AS planned FROM drivers ORDER BY part, what, from_date
