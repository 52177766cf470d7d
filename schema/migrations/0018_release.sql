-- Which plan counts: the last row. Rows are added alone, so that it can be seen what counted when.

CREATE TABLE plan_release (
    number                INTEGER PRIMARY KEY,         -- 1, 2, ...
    plan                  INTEGER NOT NULL REFERENCES plan,
    time                  TEXT NOT NULL                -- UTC
) STRICT;

CREATE TRIGGER plan_release_no_update BEFORE UPDATE ON plan_release BEGIN SELECT RAISE(ABORT, 'releases are never changed'); END;
CREATE TRIGGER plan_release_no_delete BEFORE DELETE ON plan_release BEGIN SELECT RAISE(ABORT, 'releases are never deleted'); END;

CREATE VIEW plan_released AS SELECT plan FROM plan_release WHERE number = (SELECT max(number) FROM plan_release);
