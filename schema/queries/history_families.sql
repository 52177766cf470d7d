-- Started lots whose wafers have all come out or been scrapped, children included.
-- parameters: none
-- columns: source, end_time, started, scrapped
SELECT source, end_time, started, scrapped
FROM lot_family
WHERE open_lots = 0 AND end_time IS NOT NULL AND started > 0
ORDER BY source, end_time, lot;
