-- Why a decision of an old plan is changed.

ALTER TABLE plan_held ADD COLUMN binding TEXT; -- the limit of the decision that binds otherwise than it did; NULL: none does, or unchanged
ALTER TABLE plan_held ADD COLUMN input TEXT;   -- the changed input that it hangs on; NULL: none near it
