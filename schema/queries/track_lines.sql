-- Sources of lines that record lots: their plan can be held against them.
-- parameters: none
-- columns: source
SELECT s.source
FROM source AS s
WHERE s.route IS NOT NULL AND s.line IN (SELECT own.line FROM lot AS l JOIN source AS own ON own.source = l.source)
ORDER BY s.source;
