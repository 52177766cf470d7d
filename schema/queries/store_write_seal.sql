-- Purpose: seal the inputs.
-- Parameters: :sha256. Columns: none.
INSERT INTO input_seal (seal, inputs_sha256) VALUES (1, :sha256) ON CONFLICT (seal) DO UPDATE SET inputs_sha256 = excluded.inputs_sha256;
