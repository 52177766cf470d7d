-- Is there a source or line of a name?
-- parameters: :tbl ('source' or 'line'), :id
-- columns: found (0, 1)
SELECT CASE :tbl WHEN 'source' THEN EXISTS (SELECT 1 FROM source WHERE source = :id) ELSE EXISTS (SELECT 1 FROM line WHERE line = :id) END AS found;
