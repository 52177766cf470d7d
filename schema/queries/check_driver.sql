-- Purpose: drivers and their uses name each other, and uses of one customer and item that make one order have the same terms.
-- Parameters: none. Columns: severity, tbl, row_id, column, value, message.
-- Where demand has an order of customer, item and period none is made. Only uses that make units in a period count for it: units_per_driver above 0 in the middle of the period,
-- lead_days later, and a quantity of the driver above 0 somewhere in it.
WITH
    uses AS (
        SELECT rowid AS row_id, *, LEAD(from_date) OVER dates AS until, LEAD(units_per_driver) OVER dates AS next_units, ROW_NUMBER() OVER dates AS place
        FROM driver_use
        WINDOW dates AS (PARTITION BY driver, item, customer ORDER BY from_date)
    ),
    points AS (
        SELECT driver, quantity, LAG(date) OVER dates AS before, LEAD(date) OVER dates AS after
        FROM driver
        WINDOW dates AS (PARTITION BY driver ORDER BY date)
    ),
    held AS (
        SELECT u.*, period, start_date, end_date, julianday(start_date) + coalesce(lead_days, 0) AS first, julianday(end_date) + coalesce(lead_days, 0) AS last
        FROM uses AS u JOIN calendar ON (place = 1 OR from_date <= start_date) AND (until IS NULL OR start_date < until)
    ),
    made AS (
        SELECT DISTINCT h.*
        FROM held AS h
        JOIN uses AS l ON l.driver = h.driver AND l.item = h.item AND l.customer = h.customer
                      AND (l.place = 1 OR julianday(l.from_date) <= (h.first + h.last) / 2) AND (l.until IS NULL OR (h.first + h.last) / 2 < julianday(l.until))
                      AND (l.units_per_driver > 0 OR (l.next_units > 0 AND julianday(l.from_date) < (h.first + h.last) / 2))
        JOIN points AS p ON p.driver = h.driver AND p.quantity > 0 AND (p.before IS NULL OR julianday(p.before) < h.last) AND (p.after IS NULL OR h.first < julianday(p.after))
    ),
    different AS (
        SELECT b.row_id, b.driver, a.driver AS other, MIN(b.start_date) AS start_date, b.period,
               CASE WHEN a.price_usd <> b.price_usd THEN 'price_usd' WHEN coalesce(a.shortage_usd, 0) <> coalesce(b.shortage_usd, 0) THEN 'shortage_usd'
                    WHEN coalesce(a.late_usd_per_week, 0) <> coalesce(b.late_usd_per_week, 0) THEN 'late_usd_per_week'
                    WHEN coalesce(a.max_late_days, 0) <> coalesce(b.max_late_days, 0) THEN 'max_late_days'
                    WHEN a.min_fill IS NOT b.min_fill THEN 'min_fill' WHEN a.class IS NOT b.class THEN 'class' END AS fault
        FROM made AS a
        JOIN made AS b ON b.customer = a.customer AND b.item = a.item AND b.period = a.period AND a.driver < b.driver
        WHERE fault IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM demand AS d WHERE d.customer = a.customer AND d.item = a.item AND d.due_date >= a.start_date AND d.due_date < a.end_date)
        GROUP BY b.row_id, a.driver
    )
SELECT 'finding' AS severity, 'driver_use' AS tbl, row_id, fault AS "column",
       CASE fault WHEN 'price_usd' THEN u.price_usd WHEN 'shortage_usd' THEN u.shortage_usd WHEN 'late_usd_per_week' THEN u.late_usd_per_week
                  WHEN 'max_late_days' THEN u.max_late_days WHEN 'min_fill' THEN u.min_fill ELSE u.class END AS value,
       'must be equal to that of driver ' || other || ' (both make the order of the item in ' || d.period || ')' AS message
FROM different AS d JOIN uses AS u USING (row_id)
UNION ALL
SELECT 'finding', 'driver_use', rowid, 'driver', driver, 'must be a driver of table driver'
FROM driver_use
WHERE driver NOT IN (SELECT driver FROM driver)
UNION ALL
SELECT 'warning', 'driver', MIN(rowid), 'driver', driver, 'should be used by a row of driver_use, else it has no effect'
FROM driver
WHERE driver NOT IN (SELECT driver FROM driver_use)
GROUP BY driver;
