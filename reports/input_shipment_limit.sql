-- The input table shipment_limit as it is now.
SELECT * FROM shipment_limit ORDER BY customer, item, from_date
