-- What a plan says of itself as a whole. Plans from before have NULL: it is not known of them.

ALTER TABLE plan ADD COLUMN restlessness REAL;                                  -- starts per week that change from period to period, by starts
ALTER TABLE plan ADD COLUMN simulated INTEGER CHECK (simulated IN (0, 1));      -- 1: of simulated yields, lots or measures
ALTER TABLE plan_capacity ADD COLUMN max_utilisation REAL;                      -- highest planned share of the available time

-- What was said while the plan was made.
CREATE TABLE plan_warning (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,            -- 1, 2, ... as said
    text                  TEXT NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_warning_no_update BEFORE UPDATE ON plan_warning BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_warning_no_delete BEFORE DELETE ON plan_warning BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
