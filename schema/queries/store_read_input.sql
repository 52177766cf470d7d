-- Purpose: a snapshot of inputs.
-- Parameters: :sha256 of its text. Columns: size (of the text), content (compressed).
SELECT size, content FROM plan_input WHERE sha256 = :sha256;
