-- The newest plan of a name.
-- parameters: :name
-- columns: plan
SELECT plan FROM plan WHERE name = :name ORDER BY plan DESC LIMIT 1;
