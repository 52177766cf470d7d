-- Tool groups by period: how full they are, what their hours are spent on, what stops take, and what the same hours would carry with full batches or without setups and gaps.
-- parameters: :plan the plan
-- columns: tool_group, period, available_hours, used_hours, utilisation (of the available hours), utilisation_of_uptime, usd_per_hour (at most, discounted), load_hours, the parts that sum to it, lost_hours, lost_by_cause, starts,
-- starts_full_batches, starts_without_gaps
SELECT t.tool_group, t.period, t.available_hours, t.used_hours, t.utilisation, COALESCE(t.utilisation_of_uptime, t.utilisation * t.max_utilisation) AS utilisation_of_uptime,
       t.usd_per_hour * p.discount AS usd_per_hour, t.load_hours, t.process_hours, t.lot_hours, t.batch_hours, t.setup_hours, t.lead_hours, t.rework_hours, t.maintenance_hours,
       t.lost_hours, t.lost_by_cause, t.starts, t.starts_full_batches, t.starts_without_gaps
FROM plan_tool AS t
JOIN plan_period AS p ON p.plan = t.plan AND p.period = t.period
WHERE t.plan = :plan
ORDER BY t.tool_group, p.number;
