-- Cash of this plan and of one that orders no tools, by month.
SELECT 'tools' AS key, 'Tools ordered' AS label, m.month, coalesce((SELECT n.usd FROM no_orders_months AS n WHERE n.month = m.month), 0.0) AS without_usd, 0.0 AS before_usd
FROM months AS m WHERE (SELECT plan FROM no_orders) IS NOT NULL ORDER BY m.month
