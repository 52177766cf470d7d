-- Work: hours that the starts of a period take of a tool group in a period, of its own steps, before offloading. What the finance book charges power and tools by.
CREATE TABLE plan_work (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    period                TEXT NOT NULL,               -- in which the hours are worked
    source                TEXT NOT NULL,
    started               TEXT NOT NULL,               -- period of the start; '' lots in process on the first day
    hours                 REAL NOT NULL,
    PRIMARY KEY (plan, tool_group, period, source, started)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_work_no_update BEFORE UPDATE ON plan_work BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_work_no_delete BEFORE DELETE ON plan_work BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
