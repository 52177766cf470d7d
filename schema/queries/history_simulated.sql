-- Is any row of the history marked as simulated, and is any lot that a plan starts from?
-- parameters: none
-- columns: simulated (0, 1), wip (0, 1: of active and held lots)
SELECT simulated, EXISTS (SELECT 1 FROM lot WHERE (status = 'active' OR status = 'held') AND basis LIKE '%simulated%') AS wip FROM history_mark;
