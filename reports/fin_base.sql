-- What the sheets of the finance book share: numbers that name rows in formulas (texts of the data stand in no formula), and the drivers in force by period.
WITH RECURSIVE p AS (SELECT * FROM plan WHERE plan = :plan),
     per AS (SELECT *, CAST(substr(start_date, 1, 4) AS INTEGER) AS year, julianday(start_date) - julianday((SELECT horizon_start FROM p)) AS b,
                    julianday(start_date) - julianday((SELECT horizon_start FROM p)) + days AS e FROM plan_period WHERE plan = :plan),
     it AS (SELECT *, row_number() OVER (ORDER BY item) AS n FROM item),
     so AS (SELECT *, coalesce(consumes_bom, route IS NOT NULL) AS consumes, row_number() OVER (ORDER BY source) AS n FROM source),
     gr AS (SELECT *, row_number() OVER (ORDER BY tool_group) AS n FROM tool_group),
     si AS (SELECT *, row_number() OVER (ORDER BY site) AS n FROM site),
     su AS (SELECT *, row_number() OVER (ORDER BY item, instead_of, consumer, from_date) AS n FROM substitute),
     de AS (SELECT d.*, i.shortage_usd AS unit_shortage_usd, i.late_usd_per_week, i.price_usd AS now_price_usd, row_number() OVER (ORDER BY d.demand) AS n
            FROM plan_demand AS d LEFT JOIN demand AS i ON i.demand = d.demand WHERE d.plan = :plan),
     -- holding of a limit in force wins over the item's own
     li AS (SELECT *, row_number() OVER (ORDER BY item, from_date) AS n FROM stock_limit WHERE holding_frac_per_year IS NOT NULL),
     -- lots of the first day bring units, and take the components that they still need: wip is the balance of both
     held AS (SELECT s.*, max(s.wip, 0) AS wip_in, max(-s.wip, 0) AS lots_take, it.n, it.discard_usd AS unit_discard_usd, per.number, per.year, per.days,
                     coalesce((SELECT 'limit' || li.n FROM li WHERE li.item = s.item AND li.from_date <= per.start_date AND coalesce(li.to_date, '9999') > per.start_date
                               ORDER BY li.from_date DESC LIMIT 1), 'holding' || it.n) AS held_at
              FROM plan_stock AS s JOIN it ON it.item = s.item JOIN per ON per.period = s.period WHERE s.plan = :plan),
     stood AS (SELECT b.item, b.instead_of, b.period, b.quantity, b.usd, per.number, per.year, su.n, coalesce(su.rate, 1.0) AS rate
               FROM plan_substitution AS b JOIN per ON per.period = b.period JOIN su ON su.item = b.item AND su.instead_of = b.instead_of AND coalesce(su.consumer, '') = coalesce(b.consumer, '')
                 AND coalesce(su.from_date, '') <= per.start_date AND coalesce(su.to_date, '9999') > per.start_date
               WHERE b.plan = :plan AND b.quantity > {NOTHING}),
     -- what comes out of the starts of a period: the share in force, and when
     came AS (
       SELECT s.source, s.period, per.number, per.b, per.e, per.days, s.good_units, so.n AS source_number, coalesce(o.item, so.item) AS item, coalesce(o.share, 1.0) AS share,
              s.lead_days * coalesce(o.at_frac, 1.0) AS lead, count(*) OVER (PARTITION BY s.source, s.period) AS outputs
       FROM plan_start AS s JOIN per ON per.period = s.period JOIN so ON so.source = s.source
       LEFT JOIN source_output AS o ON o.source = s.source AND coalesce(o.from_date, '') = coalesce(
         (SELECT max(coalesce(f.from_date, '')) FROM source_output AS f WHERE f.source = o.source AND f.item = o.item AND coalesce(f.from_date, '') <= per.start_date),
         (SELECT min(coalesce(f.from_date, '')) FROM source_output AS f WHERE f.source = o.source AND f.item = o.item))
       WHERE s.plan = :plan AND s.starts > {NOTHING}),
     left_over AS ( -- what is left at the end; a tail follows it itself
       SELECT 1 AS part, 'Stock at the end' AS kind, item, n, closing AS quantity FROM held WHERE number = (SELECT max(number) FROM per) AND closing > {NOTHING}
                AND NOT EXISTS (SELECT 1 FROM plan_tail_period WHERE plan = :plan)
       UNION ALL
       SELECT 2, 'Unfinished, started by the plan', it.item, it.n, sum(c.good_units * c.share * (1 - max(0, min(c.e + c.lead, (SELECT max(e) FROM per)) - c.b - c.lead) / c.days)) AS quantity
       FROM came AS c JOIN it ON it.item = c.item WHERE NOT EXISTS (SELECT 1 FROM plan_tail_period WHERE plan = :plan) GROUP BY it.item HAVING quantity > {NOTHING}),
     -- what an item is made of and what may stand for it; members of a loop take each other at the cost of the opening stock
     needs(item, part) AS (
       SELECT coalesce(o.item, so.item), bom.component FROM so JOIN bom ON bom.item = so.item LEFT JOIN source_output AS o ON o.source = so.source WHERE so.consumes
       UNION SELECT instead_of, item FROM substitute),
     reach(item, part) AS (SELECT item, part FROM needs UNION SELECT r.item, n.part FROM reach AS r JOIN needs AS n ON n.item = r.part),
     loops AS (SELECT a.item, a.part FROM reach AS a JOIN reach AS b ON b.item = a.part AND b.part = a.item),
     moved AS (SELECT item FROM plan_stock WHERE plan = :plan GROUP BY item HAVING total(opening + made + bought + received + max(wip, 0) + substituted_in) > {NOTHING}),
     -- items whose own value a unit cost starts from
     valued AS (SELECT item FROM plan_stock WHERE plan = :plan AND (received + max(wip, 0) > {NOTHING} OR (opening > {NOTHING} AND period = (SELECT period FROM per WHERE number = 1)))
                UNION SELECT item FROM came WHERE outputs > 1
                UNION SELECT part FROM loops WHERE part IN (SELECT item FROM moved)),
     -- what a start and a megawatt hour cost changes with the dates of its table: every run of one price is a driver
     started AS (SELECT s.*, so.n AS source_number, so.item, so.line, so.supplier, per.number, per.year, per.start_date, per.b, per.e, per.days,
                        s.usd_per_start IS NOT lag(s.usd_per_start) OVER (PARTITION BY s.source ORDER BY per.number) AS changes
                 FROM plan_start AS s JOIN so ON so.source = s.source JOIN per ON per.period = s.period WHERE s.plan = :plan AND s.starts > {NOTHING}),
     paid AS (SELECT *, source_number || '|' || sum(changes) OVER (PARTITION BY source ORDER BY number) AS cost_key FROM started),
     drawn AS (SELECT w.*, si.n AS site_number, per.number, per.year, per.start_date,
                      w.usd_per_mwh IS NOT lag(w.usd_per_mwh) OVER (PARTITION BY w.site ORDER BY per.number) AS changes
               FROM plan_power AS w JOIN si ON si.site = w.site JOIN per ON per.period = w.period WHERE w.plan = :plan),
     powered AS (SELECT *, site_number || '|' || sum(changes) OVER (PARTITION BY site ORDER BY number) AS mwh_key FROM drawn),
     -- hours of starts after offloading: what moves to an alternate is taken evenly from all that its group is asked for; started '' are lots of the first day
     worked AS (
       SELECT w.source, w.started, w.tool_group, w.period, w.hours * (1 - iif(c.load_hours > 0, c.moved_out_hours / c.load_hours, 0)) AS hours
       FROM plan_work AS w JOIN plan_capacity AS c ON c.plan = w.plan AND c.tool_group = w.tool_group AND c.period = w.period WHERE w.plan = :plan
       UNION ALL
       SELECT w.source, w.started, o.alternate, w.period, w.hours * o.alternate_hours / c.load_hours
       FROM plan_work AS w JOIN plan_capacity AS c ON c.plan = w.plan AND c.tool_group = w.tool_group AND c.period = w.period
       JOIN (SELECT tool_group, alternate, period, total(alternate_hours) AS alternate_hours FROM plan_offload WHERE plan = :plan GROUP BY tool_group, alternate, period) AS o
         ON o.tool_group = w.tool_group AND o.period = w.period WHERE w.plan = :plan AND c.load_hours > 0 AND o.alternate_hours > 0),
     owned AS (SELECT * FROM gr WHERE tool_group IN (SELECT tool_group FROM plan_purchase WHERE plan = :plan AND event = 'order' AND tools > {NOTHING})),
     work_of AS (
       SELECT so.n || '|' || coalesce(s.number, 0) AS key, w.source, so.n AS source_number, coalesce(s.number, 0) AS started_number, iif(w.started = '', 'lots of the first day', w.started) AS started, w.tool_group,
              o.n AS group_number, w.period, per.number, total(w.hours) AS hours
       FROM worked AS w JOIN so ON so.source = w.source JOIN owned AS o ON o.tool_group = w.tool_group JOIN per ON per.period = w.period LEFT JOIN per AS s ON s.period = w.started
       GROUP BY w.source, w.started, w.tool_group, w.period),
     energy_of AS (
       SELECT so.n || '|' || coalesce(s.number, 0) AS key, w.source, so.n AS source_number, coalesce(s.number, 0) AS started_number, iif(w.started = '', 'lots of the first day', w.started) AS started, l.site, w.period,
              per.number, total(w.hours * gr.power_kw / 1000.0 * coalesce(l.facility_power_factor, 1.0)) AS energy_mwh
       FROM worked AS w JOIN so ON so.source = w.source JOIN gr ON gr.tool_group = w.tool_group JOIN line AS l ON l.line = gr.line JOIN per ON per.period = w.period LEFT JOIN per AS s ON s.period = w.started
       GROUP BY w.source, w.started, l.site, w.period HAVING energy_mwh > 0),
     -- the plan that this one is bridged from, the one stored before it: an object of JSON, NULL for none
     base AS (SELECT :before ->> '$.plan' AS plan, :before ->> '$.name' AS name, :before ->> '$.profit_usd' AS profit_usd),
     place(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < max(coalesce(json_array_length(:before, '$.chips'), 0), coalesce(json_array_length(:before, '$.sources'), 0))),
     base_chips AS (SELECT value ->> '$.item' AS item, value ->> '$.units' AS units, value ->> '$.usd' AS usd FROM (SELECT json_extract(:before, '$.chips[' || n || ']') AS value FROM place)
                    WHERE value IS NOT NULL AND value ->> '$.units' > {NOTHING}),
     base_sources AS (SELECT value ->> '$.source' AS source, value ->> '$.starts' AS starts, value ->> '$.good_units' AS good_units FROM (SELECT json_extract(:before, '$.sources[' || n || ']') AS value FROM place)
                      WHERE value IS NOT NULL AND value ->> '$.starts' > {NOTHING}),
     -- the plan without orders that the return of the tools is measured against: an object of JSON, NULL for none
     no_orders AS (SELECT :without ->> '$.plan' AS plan, :without ->> '$.npv_usd' AS npv_usd),
     no_orders_place(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM no_orders_place WHERE n + 1 < json_array_length(:without, '$.months')),
     no_orders_months AS (SELECT json_extract(:without, '$.months[' || n || '].month') AS month, json_extract(:without, '$.months[' || n || '].usd') AS usd FROM no_orders_place WHERE :without IS NOT NULL),
     -- payments for tools: the parts of tool_group.payment at days from the delivery, else the whole price on the day of the order
     pay AS (SELECT b.tool_group, gr.name, gr.n, b.period, per.start_date AS ordered, b.delivery_date, b.tools, coalesce(t.number, 1) AS number, coalesce(t.share, 1.0) AS share,
                    coalesce(date(b.delivery_date, format('%+d', CAST(round(t.days) AS INTEGER)) || ' days'), per.start_date) AS paid
             FROM plan_purchase AS b JOIN gr ON gr.tool_group = b.tool_group JOIN per ON per.period = b.period LEFT JOIN tool_payment AS t ON t.tool_group = b.tool_group
             WHERE b.plan = :plan AND b.event = 'order' AND b.tools > {NOTHING}),
     days AS (SELECT min(day) AS first, max(day) AS last FROM (SELECT start_date AS day FROM per UNION ALL SELECT paid FROM pay)),
     months(month, last) AS ( -- in which money moves
       SELECT substr(first, 1, 7), substr(last, 1, 7) FROM days
       UNION ALL SELECT strftime('%Y-%m', month || '-01', '+1 month'), last FROM months WHERE month < last),
     -- what a quantity of an item costs, by parts: at the unit cost of a period, or (opening = 1, inside a loop in the first period) at the value of a unit; ITEM and PERIOD stand for the item's number and the period
     part_formula(opening, wafers, assembly, bought, power, tools, stock) AS (VALUES
       (0, '={quantity}*{at:fin_unit.wafers_cost|iITEM|PERIOD}', '={quantity}*{at:fin_unit.assembly_cost|iITEM|PERIOD}', '={quantity}*{at:fin_unit.bought_cost|iITEM|PERIOD}', '={quantity}*{at:fin_unit.power_cost|iITEM|PERIOD}', '={quantity}*{at:fin_unit.tools_cost|iITEM|PERIOD}', '={quantity}*{at:fin_unit.stock_cost|iITEM|PERIOD}'),
       (1, '=0', '=0', '=0', '=0', '=0', '={quantity}*{cell:fin_drivers.valueITEM}'))
