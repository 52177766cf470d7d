-- Is any row of the history marked as simulated?
-- parameters: none
-- columns: simulated (0, 1)
SELECT simulated FROM history_mark;
