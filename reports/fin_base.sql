-- What the sheets of the finance book share: numbers that name rows in formulas (texts of the data stand in no formula), and the drivers in force by period.
WITH p AS (SELECT * FROM plan WHERE plan = :plan),
     per AS (SELECT *, CAST(substr(start_date, 1, 4) AS INTEGER) AS year, julianday(start_date) - julianday((SELECT horizon_start FROM p)) AS b,
                    julianday(start_date) - julianday((SELECT horizon_start FROM p)) + days AS e FROM plan_period WHERE plan = :plan),
     it AS (SELECT *, row_number() OVER (ORDER BY item) AS n FROM item),
     so AS (SELECT *, row_number() OVER (ORDER BY source) AS n FROM source),
     gr AS (SELECT *, row_number() OVER (ORDER BY tool_group) AS n FROM tool_group),
     si AS (SELECT *, row_number() OVER (ORDER BY site) AS n FROM site),
     su AS (SELECT *, row_number() OVER (ORDER BY item, instead_of) AS n FROM substitute),
     de AS (SELECT d.*, i.shortage_usd AS unit_shortage_usd, i.late_usd_per_week, i.price_usd AS now_price_usd, row_number() OVER (ORDER BY d.demand) AS n
            FROM plan_demand AS d LEFT JOIN demand AS i ON i.demand = d.demand WHERE d.plan = :plan),
     -- holding of a limit in force wins over the item's own
     li AS (SELECT *, row_number() OVER (ORDER BY item, from_date) AS n FROM stock_limit WHERE holding_frac_per_year IS NOT NULL),
     held AS (SELECT s.*, it.n, it.discard_usd AS unit_discard_usd, per.number, per.year, per.days,
                     coalesce((SELECT 'limit' || li.n FROM li WHERE li.item = s.item AND li.from_date <= per.start_date AND coalesce(li.to_date, '9999') > per.start_date
                               ORDER BY li.from_date DESC LIMIT 1), 'holding' || it.n) AS held_at
              FROM plan_stock AS s JOIN it ON it.item = s.item JOIN per ON per.period = s.period WHERE s.plan = :plan),
     left_over AS ( -- what is left at the end; a tail follows it itself
       SELECT 1 AS part, 'Stock at the end' AS kind, item, n, closing AS quantity FROM held WHERE number = (SELECT max(number) FROM per) AND closing > {NOTHING}
                AND NOT EXISTS (SELECT 1 FROM plan_tail_period WHERE plan = :plan)
       UNION ALL
       SELECT 2, 'Unfinished, started by the plan', it.item, it.n, sum(s.good_units * (1 - s.arriving_share) * coalesce(o.share, 1.0))
       FROM plan_start AS s JOIN so ON so.source = s.source JOIN per ON per.period = s.period LEFT JOIN source_output AS o ON o.source = s.source JOIN it ON it.item = coalesce(o.item, so.item)
       WHERE s.plan = :plan AND s.good_units * (1 - s.arriving_share) > {NOTHING} AND NOT EXISTS (SELECT 1 FROM plan_tail_period WHERE plan = :plan) GROUP BY it.item),
     -- what an item is made of and what may stand for it; members of a loop take each other at the cost of the opening stock
     needs(item, part) AS (
       SELECT coalesce(o.item, so.item), bom.component FROM so JOIN bom ON bom.item = so.item LEFT JOIN source_output AS o ON o.source = so.source WHERE so.consumes_bom = 1
       UNION SELECT instead_of, item FROM substitute),
     reach(item, part) AS (SELECT item, part FROM needs UNION SELECT r.item, n.part FROM reach AS r JOIN needs AS n ON n.item = r.part),
     loops AS (SELECT a.item, a.part FROM reach AS a JOIN reach AS b ON b.item = a.part AND b.part = a.item),
     moved AS (SELECT item FROM plan_stock WHERE plan = :plan GROUP BY item HAVING total(opening + made + bought + received + wip + substituted_in) > {NOTHING}),
     -- items whose own value a unit cost starts from
     valued AS (SELECT item FROM plan_stock WHERE plan = :plan AND (received + wip > {NOTHING} OR (opening > {NOTHING} AND period = (SELECT period FROM per WHERE number = 1)))
                UNION SELECT o.item FROM source_output AS o JOIN (SELECT source FROM source_output GROUP BY source HAVING count(*) > 1) AS m ON m.source = o.source
                      JOIN plan_start AS s ON s.plan = :plan AND s.source = o.source AND s.starts > {NOTHING}
                UNION SELECT part FROM loops WHERE part IN (SELECT item FROM moved)),
     -- what a start and a megawatt hour cost changes with the dates of its table: every run of one price is a driver
     started AS (SELECT s.*, so.n AS source_number, so.item, so.line, so.supplier, per.number, per.year, per.start_date, per.b, per.e, per.days,
                        s.usd_per_start IS NOT lag(s.usd_per_start) OVER (PARTITION BY s.source ORDER BY per.number) AS changes
                 FROM plan_start AS s JOIN so ON so.source = s.source JOIN per ON per.period = s.period WHERE s.plan = :plan AND s.starts > {NOTHING}),
     paid AS (SELECT *, source_number || '|' || sum(changes) OVER (PARTITION BY source ORDER BY number) AS cost_key FROM started),
     drawn AS (SELECT w.*, si.n AS site_number, per.number, per.year, per.start_date,
                      w.usd_per_mwh IS NOT lag(w.usd_per_mwh) OVER (PARTITION BY w.site ORDER BY per.number) AS changes
               FROM plan_power AS w JOIN si ON si.site = w.site JOIN per ON per.period = w.period WHERE w.plan = :plan),
     powered AS (SELECT *, site_number || '|' || sum(changes) OVER (PARTITION BY site ORDER BY number) AS mwh_key FROM drawn)
