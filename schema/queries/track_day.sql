-- Up to when it is known what became of a plan: the last event of the history; without one the date of stock, lots and receipts (setting as_of).
-- parameters: none
-- columns: as_of (time or date; NULL: not known), day (since 1970-01-01), lots
WITH last(time) AS (
    SELECT NULLIF(MAX(COALESCE((SELECT MAX(time) FROM lot_event), ''), COALESCE((SELECT MAX(start_time) FROM lot), '')), '')
)
SELECT coalesce(time, (SELECT value FROM setting WHERE key = 'as_of')) AS as_of,
       unixepoch(coalesce(time, (SELECT value FROM setting WHERE key = 'as_of'))) / 86400.0 AS day,
       (SELECT count(*) FROM lot) AS lots
FROM last;
