-- Purpose: the hash of the inputs as they were last written; no row when they never were.
-- Parameters: none. Columns: inputs_sha256.
SELECT inputs_sha256 FROM input_seal;
