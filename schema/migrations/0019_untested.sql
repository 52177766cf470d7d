-- Why a value was not tested: limit of work or time reached, interrupted, no proof with it moved, worth next to nothing. NULL: it was, or the plan is from before.

ALTER TABLE plan_value ADD COLUMN untested TEXT;
