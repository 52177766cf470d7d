-- What a bridge starts from: of another plan, or of the optimal plan stored before a plan, its profit without discount, penalties and worth of what is left, its chips and its sources.
-- parameters: :plan the plan, :base the other one, NULL: the one stored before
-- columns: before, a JSON object: plan, name, profit_usd, chips (item, units, usd), sources (source, starts, good_units)
WITH base AS (SELECT coalesce(:base, (SELECT max(plan) FROM plan WHERE plan < :plan AND status = 'optimal')) AS plan),
     chips AS (SELECT s.item, total(s.quantity) AS units, total(s.revenue_usd) AS usd
               FROM plan_shipment AS s JOIN base ON base.plan = s.plan JOIN plan_period AS t ON t.plan = s.plan AND t.period = s.period GROUP BY s.item HAVING total(s.quantity) > 0 ORDER BY s.item),
     sources AS (SELECT s.source, total(s.starts) AS starts, total(s.good_units) AS good_units FROM plan_start AS s JOIN base ON base.plan = s.plan GROUP BY s.source HAVING total(s.starts) > 0 ORDER BY s.source),
     money AS (SELECT total(usd) AS profit_usd FROM (
       SELECT usd FROM chips
       UNION ALL SELECT -s.starts * s.usd_per_start - s.fixed_usd FROM plan_start AS s JOIN base ON base.plan = s.plan
       UNION ALL SELECT -s.holding_usd - s.substitution_usd - s.discard_usd FROM plan_stock AS s JOIN base ON base.plan = s.plan
       UNION ALL SELECT -o.usd FROM plan_offload AS o JOIN base ON base.plan = o.plan
       UNION ALL SELECT -w.energy_mwh * w.usd_per_mwh FROM plan_power AS w JOIN base ON base.plan = w.plan
       UNION ALL SELECT -iif(b.event = 'removal', b.tools * b.usd_per_tool, b.charged_usd) FROM plan_purchase AS b JOIN base ON base.plan = b.plan))
SELECT json_object('plan', p.plan, 'name', p.name, 'profit_usd', money.profit_usd,
                   'chips', (SELECT json_group_array(json_object('item', item, 'units', units, 'usd', usd)) FROM chips),
                   'sources', (SELECT json_group_array(json_object('source', source, 'starts', starts, 'good_units', good_units)) FROM sources)) AS before
FROM base JOIN plan AS p ON p.plan = base.plan, money;
