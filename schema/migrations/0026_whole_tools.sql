-- Whole tools: what they leave missing from what a policy keeps, at the price of a broken promise.

ALTER TABLE plan ADD COLUMN policy_usd REAL NOT NULL DEFAULT 0;

-- 1: tools are ordered and removed in whole numbers; multipliers and values are those with these tools fixed, bound and gap those of their search.
ALTER TABLE plan ADD COLUMN whole_tools INTEGER NOT NULL DEFAULT 0 CHECK (whole_tools IN (0, 1));
