-- Sources that a tester's product may stand for: the one of that name, else those of the item.
-- parameters: :product
-- columns: source
SELECT source FROM source WHERE source = :product OR (item = :product AND NOT EXISTS (SELECT 1 FROM source AS s WHERE s.source = :product)) ORDER BY source;
