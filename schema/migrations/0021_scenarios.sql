-- Scenarios in the one format of changes (data-dictionary.md, "Changes"). They are no inputs: a plan keeps the changes that it was made with (plan_change).

CREATE TABLE scenario_new (
    scenario      TEXT NOT NULL PRIMARY KEY CHECK (length(scenario) BETWEEN 1 AND 63),
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4000),                   -- shown in reports
    surprise_from TEXT CHECK (date(surprise_from, '+0 days') IS surprise_from)             -- nobody knows of it before; NULL: known from the start
) STRICT, WITHOUT ROWID;
INSERT INTO scenario_new (scenario, name) SELECT scenario, coalesce(name, scenario) FROM scenario;

-- With the texts of the files; NULL: an empty cell.
CREATE TABLE scenario_change_new (
    scenario  TEXT NOT NULL REFERENCES scenario_new ON DELETE CASCADE,
    number    INTEGER NOT NULL CHECK (number BETWEEN 0 AND 1000000000), -- order in which they work
    "table"   TEXT NOT NULL,
    "key"     TEXT,                                                     -- which rows, and conditions
    "column"  TEXT,
    operation TEXT NOT NULL CHECK (operation IN ('set', 'scale', 'add', 'shift', 'insert', 'delete')),
    value     TEXT,
    "from"    TEXT CHECK (date("from", '+0 days') IS "from"),           -- first day; NULL: open
    "to"      TEXT CHECK (date("to", '+0 days') IS "to"),               -- day after the last; NULL: open
    basis     TEXT,                                                     -- where the figure comes from
    PRIMARY KEY (scenario, number)
) STRICT, WITHOUT ROWID;
INSERT INTO scenario_change_new (scenario, number, "table", "key", "column", operation, value, basis)
SELECT scenario, seq, "table", key, "column", operation, value, note FROM scenario_change;

DROP TABLE scenario_change;
DROP TABLE scenario;
ALTER TABLE scenario_new RENAME TO scenario;
ALTER TABLE scenario_change_new RENAME TO scenario_change;
