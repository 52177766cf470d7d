-- Purpose: keep a snapshot of inputs; the same content is kept once.
-- Parameters: :sha256, :size of its text, :content (compressed). Columns: none.
INSERT INTO plan_input (sha256, size, content) VALUES (:sha256, :size, :content) ON CONFLICT (sha256) DO NOTHING;
