-- Line yield by the month in which a lot was started; lots that were split from it count with it.
-- parameters: :line, :source one only, NULL for all; :from, :to window of the start, NULL for none
-- columns: source, start_month, lots, started, out, scrapped, in_process (wafers), line_yield (of the wafers whose fate is known; NULL while that of a tenth is open, since
--          losses show before what comes out)
SELECT f.source, substr(f.start_time, 1, 7) AS start_month, COUNT(*) AS lots, SUM(f.started) AS started, SUM(f.come_out) AS out, SUM(f.scrapped) AS scrapped,
       SUM(f.on_the_way) AS in_process, CASE WHEN SUM(f.on_the_way) <= 0.1 * SUM(f.started) THEN SUM(f.come_out) / NULLIF(SUM(f.come_out) + SUM(f.scrapped), 0.0) END AS line_yield
FROM lot_family AS f JOIN source AS s ON s.source = f.source
WHERE (:line IS NULL OR s.line = :line) AND (:source IS NULL OR f.source = :source) AND (:from IS NULL OR f.start_time >= :from) AND (:to IS NULL OR f.start_time < :to)
GROUP BY f.source, start_month
ORDER BY f.source, start_month;
