-- What every customer wanted and gets, at the prices of its demands; in the order of ids. share is fill by discounted money.
-- parameters: :plan the plan
-- columns: customer, demanded_usd, shipped_usd, fill (value shipped / value demanded), units_demanded, units_shipped, units_short, units_on_time (in the due period), units_late,
-- mean_late_days (NULL: none late), on_time (share of the value demanded shipped in its due period), share (NULL: nothing of value wanted), policy_row (stage that fixed it, NULL: none),
-- last_usd_costs (profit that the last USD of value kept costs at least), loss_usd (profit without the row less profit; NULL: not tested)
WITH
    sent AS (
        SELECT s.demand,
               total(s.quantity) FILTER (WHERE s.late_weeks = 0) AS on_time,
               total(s.quantity) FILTER (WHERE s.late_weeks > 0) AS late,
               total(s.quantity * s.late_weeks * 7) AS late_unit_days,
               total(s.quantity * s.price_usd * p.discount) AS discounted_usd
        FROM plan_shipment AS s
        JOIN plan_all_period AS p ON p.plan = s.plan AND p.period = s.period
        WHERE s.plan = :plan
        GROUP BY s.demand
    )
SELECT d.customer,
       sum(d.quantity * d.price_usd) AS demanded_usd,
       sum(d.shipped * d.price_usd) AS shipped_usd,
       CASE WHEN sum(d.quantity * d.price_usd) > 0 THEN sum(d.shipped * d.price_usd) / sum(d.quantity * d.price_usd) ELSE 1.0 END AS fill,
       sum(d.quantity) AS units_demanded,
       sum(d.shipped) AS units_shipped,
       sum(d.short) AS units_short,
       total(s.on_time) AS units_on_time,
       total(s.late) AS units_late,
       CASE WHEN total(s.late) > 0 THEN total(s.late_unit_days) / total(s.late) END AS mean_late_days,
       CASE WHEN sum(d.quantity * d.price_usd) > 0 THEN total(s.on_time * d.price_usd) / sum(d.quantity * d.price_usd) ELSE 1.0 END AS on_time,
       CASE WHEN sum(d.quantity * d.price_usd * p.discount) > 0 THEN total(s.discounted_usd) / sum(d.quantity * d.price_usd * p.discount) END AS share,
       k.stage AS policy_row,
       k.last_usd_costs,
       k.loss_usd
FROM plan_demand AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
LEFT JOIN sent AS s ON s.demand = d.demand
LEFT JOIN plan_kept_customer AS k ON k.plan = d.plan AND k.customer = d.customer
WHERE d.plan = :plan
GROUP BY d.customer
ORDER BY d.customer;
