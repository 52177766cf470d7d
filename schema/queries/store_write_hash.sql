-- Purpose: seal the content of a plan.
-- Parameters: :plan, :sha256. Columns: none.
INSERT INTO plan_hash (plan, content_sha256) VALUES (:plan, :sha256);
