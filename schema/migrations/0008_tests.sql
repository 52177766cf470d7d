-- Retests of some die, results that come in several files, and how likely a lot off its chart is.

ALTER TABLE yield_lot ADD COLUMN chart_probability REAL; -- of a lot as far off its curve or farther, two-sided; NULL: no chart, or an older snapshot

-- The die that each STDF file gave to a run of a wafer's test: further files of the run add up, and a retest is merged die by die. They say how wafer_test came
-- about and are no input: rows that are changed by other means, or deleted, have none.
CREATE TABLE stdf_file (
    wafer TEXT NOT NULL,
    stage TEXT NOT NULL,
    run   INTEGER NOT NULL,
    file  TEXT NOT NULL,    -- what MIR says of it: lot, setup and start time, station, node, job
    part  INTEGER NOT NULL, -- 1, 2, ...: files whose MIR is the same and that have no die in common
    time  INTEGER NOT NULL, -- of the wafer, in seconds since 1970-01-01: the order of the files
    die   TEXT NOT NULL,    -- a line each: bin, 1 when good, 1 when it supersedes its id, and x,y or a blank, id
    PRIMARY KEY (wafer, stage, run, file, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER wafer_test_changed AFTER UPDATE OF tested, good ON wafer_test WHEN new.tested <> old.tested OR new.good <> old.good BEGIN
    DELETE FROM stdf_file WHERE wafer = old.wafer AND stage = old.stage AND run = old.run;
END;
CREATE TRIGGER wafer_test_deleted AFTER DELETE ON wafer_test BEGIN
    DELETE FROM stdf_file WHERE wafer = old.wafer AND stage = old.stage AND run = old.run;
END;

-- The last run of each wafer and stage, and the last one of the whole wafer: run 1, or a later one that tested as many die. The runs behind that one retested some die.
CREATE VIEW wafer_run AS
SELECT t.wafer, t.stage, t.run, t.time,
       CASE t.run WHEN 1 THEN 1
                  ELSE (SELECT MAX(r.run) FROM wafer_test AS r
                        WHERE r.wafer = t.wafer AND r.stage = t.stage
                          AND r.tested >= (SELECT f.tested FROM wafer_test AS f WHERE f.wafer = t.wafer AND f.stage = t.stage ORDER BY f.run LIMIT 1)) END AS whole
FROM wafer_test AS t
WHERE NOT EXISTS (SELECT 1 FROM wafer_test AS n WHERE n.wafer = t.wafer AND n.stage = t.stage AND n.run > t.run);

-- Retested wafers whose runs all have die maps of one shape: the last result of each die counts. A map serves when it holds the tested die and its good bins (by table
-- bin; bin 1 where that names none) the good ones.
CREATE VIEW wafer_map AS
WITH RECURSIVE
    shape(wafer, stage, whole, run, map) AS (
        SELECT r.wafer, r.stage, r.whole, r.run, m.map
        FROM wafer_run AS r CROSS JOIN die_map AS m ON m.wafer = r.wafer AND m.stage = r.stage AND m.run = r.whole
        WHERE r.whole < r.run
    ),
    cell(wafer, stage, whole, run, length, at) AS (
        SELECT wafer, stage, whole, run, length(map), 1 FROM shape
        UNION ALL
        SELECT wafer, stage, whole, run, length, at + 1 FROM cell WHERE at < length
    ),
    good_bin(item, mark) AS (
        SELECT item, substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', bin + 1, 1) FROM bin WHERE good = 1 AND bin < 62
        UNION ALL
        SELECT item, '1' FROM item WHERE item NOT IN (SELECT item FROM bin WHERE good = 1)
    ),
    die AS MATERIALIZED (
        SELECT c.wafer, c.stage, c.at, m.run, substr(m.map, c.at, 1) AS mark, substr(s.map, c.at, 1) = '/' AS row_end,
               EXISTS (SELECT 1 FROM good_bin AS g WHERE g.item = o.item AND g.mark = substr(m.map, c.at, 1)) AS good
        FROM cell AS c
        CROSS JOIN shape AS s ON s.wafer = c.wafer AND s.stage = c.stage
        CROSS JOIN die_map AS m ON m.wafer = c.wafer AND m.stage = c.stage AND m.run BETWEEN c.whole AND c.run AND length(m.map) = c.length
        CROSS JOIN wafer AS w ON w.wafer = c.wafer
        CROSS JOIN lot AS l ON l.lot = w.lot
        CROSS JOIN source AS o ON o.source = l.source
    ),
    serves AS (
        SELECT x.wafer, x.stage, x.run
        FROM (SELECT wafer, stage, run, SUM((mark = '/') <> row_end) AS moved, SUM(mark <> '/' AND mark <> '.') AS tested, SUM(good) AS good
              FROM die GROUP BY wafer, stage, run) AS x
        CROSS JOIN wafer_test AS t ON t.wafer = x.wafer AND t.stage = x.stage AND t.run = x.run
        WHERE x.moved = 0 AND x.tested = t.tested AND x.good = t.good
    ),
    told AS MATERIALIZED (
        SELECT v.wafer, v.stage
        FROM serves AS v CROSS JOIN shape AS s ON s.wafer = v.wafer AND s.stage = v.stage
        GROUP BY v.wafer, v.stage
        HAVING COUNT(*) = MAX(s.run - s.whole) + 1
    )
SELECT wafer, stage, COUNT(*) AS tested, SUM(good) AS good
FROM (SELECT d.wafer, d.stage, d.at, d.good, MAX(d.run) AS run
      FROM die AS d
      WHERE d.mark <> '/' AND d.mark <> '.' AND (d.wafer, d.stage) IN (SELECT wafer, stage FROM told)
      GROUP BY d.wafer, d.stage, d.at)
GROUP BY wafer, stage;

-- The result of each wafer's test after all its runs. A run of as many die as the first one replaces what was before. One of fewer die is a retest of some: where maps
-- tell, die by die; else by counts, and then only die that had failed were retested. The bins of the last run are those of the result when it is the last of the whole wafer.
CREATE VIEW wafer_result AS
SELECT r.wafer, r.stage, r.run, r.whole, r.time,
       CASE WHEN r.whole = r.run THEN t.tested ELSE COALESCE(m.tested, t.tested) END AS tested,
       CASE WHEN r.whole = r.run THEN t.good
            ELSE COALESCE(m.good, (SELECT SUM(s.good) FROM wafer_test AS s WHERE s.wafer = r.wafer AND s.stage = r.stage AND s.run >= r.whole)) END AS good
FROM wafer_run AS r
CROSS JOIN wafer_test AS t ON t.wafer = r.wafer AND t.stage = r.stage AND t.run = r.whole
LEFT JOIN wafer_map AS m ON r.whole < r.run AND m.wafer = r.wafer AND m.stage = r.stage;
