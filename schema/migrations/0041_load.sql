-- What loads a tool group: hours of its own steps by source over the horizon, lots in process of the source among them, before offloading.
CREATE TABLE plan_load (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    source                TEXT NOT NULL,
    hours                 REAL NOT NULL,
    PRIMARY KEY (plan, tool_group, source)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_load_no_update BEFORE UPDATE ON plan_load BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_load_no_delete BEFORE DELETE ON plan_load BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
