-- What every customer wanted and gets, on one page: shipped by the due period, shipped late, never.
-- parameters: :plan the plan
-- columns: customer, demanded_usd, shipped_usd, fill (value shipped / value demanded), on_time (value shipped in its due period / value demanded), units_demanded, units_on_time, units_late,
-- mean_late_days (NULL: none late), units_short
WITH
    sent AS (
        SELECT demand,
               total(quantity) FILTER (WHERE late_weeks = 0) AS on_time,
               total(quantity) FILTER (WHERE late_weeks > 0) AS late,
               total(quantity * late_weeks * 7) AS late_unit_days
        FROM plan_shipment
        WHERE plan = :plan
        GROUP BY demand
    )
SELECT d.customer,
       sum(d.quantity * d.price_usd) AS demanded_usd,
       sum(d.shipped * d.price_usd) AS shipped_usd,
       CASE WHEN sum(d.quantity * d.price_usd) > 0 THEN sum(d.shipped * d.price_usd) / sum(d.quantity * d.price_usd) ELSE 1.0 END AS fill,
       CASE WHEN sum(d.quantity * d.price_usd) > 0 THEN total(s.on_time * d.price_usd) / sum(d.quantity * d.price_usd) ELSE 1.0 END AS on_time,
       sum(d.quantity) AS units_demanded,
       total(s.on_time) AS units_on_time,
       total(s.late) AS units_late,
       CASE WHEN total(s.late) > 0 THEN total(s.late_unit_days) / total(s.late) END AS mean_late_days,
       sum(d.short) AS units_short
FROM plan_demand AS d
LEFT JOIN sent AS s ON s.demand = d.demand
WHERE d.plan = :plan
GROUP BY d.customer
ORDER BY d.customer;
