-- What has come, or is to come, of sources that say so.
-- parameters: none
-- columns: source, date, quantity
SELECT source, date, quantity
FROM receipt
WHERE source IS NOT NULL
ORDER BY source, date, item;
