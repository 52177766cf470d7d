-- planning-model.md, "Values": one definition of full and binding for every limit, not for tool hours alone (in C: src/plan/read/view.h; in sheets: reports/constants).

DROP VIEW plan_binding;
DROP VIEW plan_full;

-- Every limit of a plan by what it limits (key, and where one is not enough part: the item of a shipment limit, the first day of a window of deliveries): how much of it is used and there is, what one more unit is worth at most (of its own day), and what all of it would be worth at that price, discounted. Growth and fall are
-- those of the weekly rate from the period before; a delivery stands under the first period that begins in its window (none: the last one).
CREATE VIEW plan_limit AS
WITH limits AS (
    SELECT plan, 'hours' AS what, tool_group AS key, '' AS part, period, used_hours AS used, available_hours AS available, usd_per_hour AS usd_per_unit FROM plan_capacity
    UNION ALL SELECT plan, 'budget', '*', '', period, spent_usd, budget_usd, usd_per_usd FROM plan_budget
    UNION ALL SELECT plan, 'power', site, '', period, used_mw, limit_mw + supply_mw, usd_per_mw FROM plan_power
    UNION ALL SELECT plan, 'floor', line, '', period, floor_used_m2, floor_m2, usd_per_m2 FROM plan_line
    UNION ALL SELECT plan, 'rate', line, '', period, starts_per_week, max_starts_per_week, usd_per_start_per_week FROM plan_line
    UNION ALL
    SELECT n.plan, 'growth', n.line, '', n.period, n.starts_per_week - b.starts_per_week, n.max_ramp_per_week * (julianday(t.start_date) - julianday(s.start_date) + (t.days - s.days) / 2) / 7, n.usd_per_ramp
    FROM plan_line AS n JOIN plan_period AS t ON t.plan = n.plan AND t.period = n.period
    JOIN plan_period AS s ON s.plan = n.plan AND s.number = t.number - 1 JOIN plan_line AS b ON b.plan = n.plan AND b.line = n.line AND b.period = s.period
    UNION ALL
    SELECT n.plan, 'fall', n.line, '', n.period, b.starts_per_week - n.starts_per_week, n.max_drop_per_week * (julianday(t.start_date) - julianday(s.start_date) + (t.days - s.days) / 2) / 7, n.usd_per_drop
    FROM plan_line AS n JOIN plan_period AS t ON t.plan = n.plan AND t.period = n.period
    JOIN plan_period AS s ON s.plan = n.plan AND s.number = t.number - 1 JOIN plan_line AS b ON b.plan = n.plan AND b.line = n.line AND b.period = s.period
    UNION ALL SELECT plan, 'starts', source, '', period, starts, max_starts, usd_per_more_start FROM plan_start
    UNION ALL SELECT plan, 'shipments', customer, item, period, shipped, max_quantity, usd_per_unit FROM plan_shipment_limit
    UNION ALL
    SELECT d.plan, 'delivery', d.tool_group, d.from_date,
           coalesce((SELECT t.period FROM plan_all_period AS t WHERE t.plan = d.plan AND t.start_date >= d.from_date ORDER BY t.number LIMIT 1),
                    (SELECT t.period FROM plan_all_period AS t WHERE t.plan = d.plan ORDER BY t.number DESC LIMIT 1)), d.tools, d.max_tools, d.usd_per_tool
    FROM plan_delivery AS d
)
SELECT p.plan, p.what, p.key, p.part, p.period, p.used, p.available, p.usd_per_unit, p.usd_per_unit * t.discount * p.available AS usd
FROM limits AS p JOIN plan_all_period AS t ON t.plan = p.plan AND t.period = p.period;

CREATE VIEW plan_full AS
SELECT * FROM plan_limit WHERE available > 0 AND used >= (1 - 1e-6) * available;

CREATE VIEW plan_binding AS
SELECT f.* FROM plan_full AS f JOIN plan AS p ON p.plan = f.plan WHERE f.usd > 1e-9 * abs(p.objective_usd);
