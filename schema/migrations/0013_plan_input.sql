-- A plan keeps what it was made from, and says whether it is still what was stored.

-- One snapshot of inputs for each distinct content: the tables that a plan reads, the lots under way and those that they were split from with their events, as CSV in the order of
-- the data dictionary, compressed (zlib).
CREATE TABLE plan_input (
    sha256                TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the text
    size                  INTEGER NOT NULL CHECK (size >= 0),                    -- bytes of the text
    content               BLOB NOT NULL
) STRICT;

CREATE TRIGGER plan_input_no_update BEFORE UPDATE ON plan_input BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_input_no_delete BEFORE DELETE ON plan_input BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- Plans from before have NULL: what they were made from is not kept.
ALTER TABLE plan ADD COLUMN input_sha256 TEXT REFERENCES plan_input;

-- Over the row of `plan` and all rows of the tables plan_... but plan_value (which grows), without number, name, times, work and versions: runs are compared by it.
CREATE TABLE plan_hash (
    plan                  INTEGER PRIMARY KEY REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    content_sha256        TEXT NOT NULL CHECK (length(content_sha256) = 64)
) STRICT;

CREATE TRIGGER plan_hash_no_update BEFORE UPDATE ON plan_hash BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_hash_no_delete BEFORE DELETE ON plan_hash BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- Lots that a plan starts from, and those that they were split from, which tell where they stand.
CREATE VIEW lot_under_way AS
WITH RECURSIVE way(lot) AS (
    SELECT lot FROM lot WHERE status IN ('active', 'held')
    UNION
    SELECT l.parent_lot FROM way JOIN lot AS l ON l.lot = way.lot WHERE l.parent_lot IS NOT NULL
)
SELECT lot FROM way;

-- What of the history the plan takes in place of what was planned. Plans from before have NULL in the first.
ALTER TABLE plan ADD COLUMN yields TEXT;                                        -- plan (the data set's own), fit, p10, p50, p90
ALTER TABLE plan ADD COLUMN measured TEXT;                                      -- availability, cycle_time; NULL: nothing
