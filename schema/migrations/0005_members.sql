-- What is proven says who it is: every stored column and multiplier with its family, key and period (tags of the program).
-- Rows of plans from before have NULL there: their numbers alone count.

ALTER TABLE plan_column ADD COLUMN family TEXT; -- x I z m y short lack lackmin n r off
ALTER TABLE plan_column ADD COLUMN key TEXT;    -- source, item, order, tool group, ...
ALTER TABLE plan_column ADD COLUMN period TEXT;

ALTER TABLE plan_row ADD COLUMN family TEXT;    -- BAL CAP RMV OFF DEM MIN SHP SRC LIN PWR DLV FLR BUD POL
ALTER TABLE plan_row ADD COLUMN key TEXT;
ALTER TABLE plan_row ADD COLUMN period TEXT;
