-- What tools ordered are measured against: the newest optimal plan that orders no tools, of the same inputs and policy, whose changes are at most of what can be ordered (tool_group.buyable, tool_group.lead_time_days,
-- tool_delivery_limit, capex_budget). Only where the plan orders tools itself.
-- parameters: :plan the plan
-- columns: without, a JSON object: plan, name, npv_usd (cash of the horizon, discounted), months (month, usd: revenue less costs in the month of its period, not discounted)
WITH asked AS (SELECT * FROM plan WHERE plan = :plan AND EXISTS (SELECT 1 FROM plan_purchase AS b WHERE b.plan = :plan AND b.event = 'order' AND b.tools > 0)),
     other AS (
       SELECT max(q.plan) AS plan
       FROM plan AS q JOIN asked AS a ON q.inputs_sha256 = a.inputs_sha256 AND q.policy = a.policy AND q.horizon_start = a.horizon_start AND q.horizon_end = a.horizon_end
         AND q.yields IS a.yields AND q.measured IS a.measured
       WHERE q.status = 'optimal' AND json_extract(a.options, '$.scenario') IS NULL
         AND NOT EXISTS (SELECT 1 FROM plan_purchase AS b WHERE b.plan = q.plan AND b.event = 'order' AND b.tools > 0)
         AND NOT EXISTS (SELECT 1 FROM plan_change AS c WHERE c.plan = q.plan AND c.origin = 'scenario' AND NOT (c.tbl IN ('tool_delivery_limit', 'capex_budget')
                           OR (c.tbl = 'tool_group' AND c.column_name IN ('buyable', 'lead_time_days'))))),
     money(period, usd) AS (
       SELECT s.period, s.revenue_usd FROM plan_shipment AS s JOIN other ON other.plan = s.plan
       UNION ALL SELECT s.period, -s.starts * s.usd_per_start - s.fixed_usd FROM plan_start AS s JOIN other ON other.plan = s.plan
       UNION ALL SELECT s.period, -s.holding_usd - s.substitution_usd - s.discard_usd FROM plan_stock AS s JOIN other ON other.plan = s.plan
       UNION ALL SELECT o.period, -o.usd FROM plan_offload AS o JOIN other ON other.plan = o.plan
       UNION ALL SELECT w.period, -w.energy_mwh * w.usd_per_mwh FROM plan_power AS w JOIN other ON other.plan = w.plan
       UNION ALL SELECT b.period, -b.tools * b.usd_per_tool FROM plan_purchase AS b JOIN other ON other.plan = b.plan WHERE b.event = 'removal'),
     cash AS (SELECT substr(t.start_date, 1, 7) AS month, total(m.usd) AS usd, total(m.usd * t.discount) AS discounted_usd
              FROM money AS m JOIN other JOIN plan_period AS t ON t.plan = other.plan AND t.period = m.period GROUP BY month ORDER BY month)
SELECT json_object('plan', p.plan, 'name', p.name, 'npv_usd', (SELECT total(discounted_usd) FROM cash), 'months', (SELECT json_group_array(json_object('month', month, 'usd', usd)) FROM cash)) AS without
FROM other JOIN plan AS p ON p.plan = other.plan;
