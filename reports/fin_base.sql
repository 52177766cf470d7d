-- What the sheets of the finance book share: numbers that name rows in formulas (texts of the data stand in no formula), and the drivers in force by period.
WITH p AS (SELECT * FROM plan WHERE plan = :plan),
     per AS (SELECT *, CAST(substr(start_date, 1, 4) AS INTEGER) AS year, julianday(start_date) - julianday((SELECT horizon_start FROM p)) AS b,
                    julianday(start_date) - julianday((SELECT horizon_start FROM p)) + days AS e FROM plan_period WHERE plan = :plan),
     it AS (SELECT *, row_number() OVER (ORDER BY item) AS n FROM item),
     so AS (SELECT *, row_number() OVER (ORDER BY source) AS n FROM source),
     gr AS (SELECT *, row_number() OVER (ORDER BY tool_group) AS n FROM tool_group),
     si AS (SELECT *, row_number() OVER (ORDER BY site) AS n FROM site),
     su AS (SELECT *, row_number() OVER (ORDER BY item, instead_of) AS n FROM substitute),
     de AS (SELECT d.*, i.shortage_usd AS unit_shortage_usd, i.late_usd_per_week, row_number() OVER (ORDER BY d.demand) AS n
            FROM plan_demand AS d LEFT JOIN demand AS i ON i.demand = d.demand WHERE d.plan = :plan),
     -- holding of a limit in force wins over the item's own
     li AS (SELECT *, row_number() OVER (ORDER BY item, from_date) AS n FROM stock_limit WHERE holding_frac_per_year IS NOT NULL),
     -- the row of source_cost and of power_limit in force in a period: its driver
     paid AS (SELECT s.*, so.n AS source_number, so.item, so.line, so.supplier, per.number, per.year, per.b, per.e, per.days, coalesce(
                (SELECT max(c.from_date) FROM source_cost AS c WHERE c.source = s.source AND c.from_date <= per.start_date),
                (SELECT min(c.from_date) FROM source_cost AS c WHERE c.source = s.source)) AS cost_from
              FROM plan_start AS s JOIN so ON so.source = s.source JOIN per ON per.period = s.period WHERE s.plan = :plan AND s.starts > {NOTHING}),
     powered AS (SELECT w.*, si.n AS site_number, per.number, per.year, coalesce(
                (SELECT max(c.from_date) FROM power_limit AS c WHERE c.site = w.site AND c.from_date <= per.start_date),
                (SELECT min(c.from_date) FROM power_limit AS c WHERE c.site = w.site)) AS mwh_from
              FROM plan_power AS w JOIN si ON si.site = w.site JOIN per ON per.period = w.period WHERE w.plan = :plan)
