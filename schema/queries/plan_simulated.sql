-- Is what a plan takes from the history marked as simulated?
-- parameters: :snapshot of its yields, 0: the data set's own; :measured 1: it takes what the history measured; :wip 1: it starts from lots
-- columns: simulated (0, 1)
SELECT (:snapshot > 0 AND EXISTS (SELECT 1 FROM yield_snapshot WHERE snapshot = :snapshot AND simulated = 1))
    OR (:measured = 1 AND (SELECT simulated FROM history_mark) = 1)
    OR (:wip = 1 AND EXISTS (SELECT 1 FROM lot WHERE (status = 'active' OR status = 'held') AND basis LIKE '%simulated%')) AS simulated;
