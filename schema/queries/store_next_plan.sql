-- Purpose: the number of the next plan. Plans are never deleted, so no number comes twice.
-- Parameters: none. Columns: plan.
SELECT COALESCE(MAX(plan), 0) + 1 AS plan FROM plan;
