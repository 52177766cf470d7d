-- Where the plan comes from. No time of day: the same plan gives the same workbook.
WITH p AS (SELECT * FROM plan WHERE plan = :plan),
lines(number, section, key, label, value, format, note) AS (
  SELECT 10, 'Inputs', 'inputs_sha256', 'Hash of the plan''s inputs', inputs_sha256, 'text',
    'SHA-256 over all input tables, whatever the order of rows' FROM p
  UNION ALL SELECT 11, NULL, 'inputs_now', 'Hash of the inputs now', coalesce(:inputs_sha256, inputs_sha256), 'text',
            'when it differs, the input sheets show other inputs than the plan was made from' FROM p
  UNION ALL SELECT 12, NULL, 'content_sha256', 'Hash of the plan', content_sha256, 'text', 'SHA-256 over all that the plan says; runs are compared by it'
         FROM plan_hash WHERE plan = :plan
  UNION ALL SELECT 20, 'Run', 'plan', 'Plan number', plan, 'year', NULL FROM p
  UNION ALL SELECT 21, NULL, 'options', 'Options', options, 'text', NULL FROM p
  UNION ALL SELECT 22, NULL, 'versions', 'Versions', versions, 'text', NULL FROM p
  UNION ALL SELECT 30, 'Model', 'model_rows', 'Rows', model_rows, 'count', 'equations and limits' FROM p
  UNION ALL SELECT 31, NULL, 'model_columns', 'Columns', model_columns, 'count', 'decisions' FROM p
  UNION ALL SELECT 32, NULL, 'model_nonzeros', 'Nonzeros', model_nonzeros, 'count', NULL FROM p
  UNION ALL SELECT 33, NULL, 'iterations', 'Iterations', iterations, 'count', 'of the simplex method' FROM p
  UNION ALL SELECT 40, 'Proof', 'check_result', 'Check', check_result, 'text',
         'in exact rational arithmetic, from the data and the multipliers, without the solver' FROM p
  UNION ALL SELECT 41, NULL, 'status', 'Status', status, 'text', NULL FROM p
  UNION ALL SELECT 42, NULL, 'objective_usd', 'Objective', objective_usd, 'usd_cents', NULL FROM p
  UNION ALL SELECT 43, NULL, 'bound_usd', 'Bound', bound_usd, 'usd_cents', 'weak duality: no plan is better' FROM p
  UNION ALL SELECT 44, NULL, 'gap', 'Gap', gap, 'small', 'share of the objective' FROM p
  UNION ALL SELECT 45, NULL, 'row_residual', 'Largest violation', row_residual, 'small', 'of an equation or limit, relative' FROM p
  UNION ALL SELECT 50, 'Settings', 'discount_rate', 'Discount rate', discount_rate, 'percent', 'a year' FROM p
  UNION ALL SELECT 51, NULL, 'end_value_frac', 'Worth of what is left', end_value_frac, 'percent', 'of its value' FROM p
  UNION ALL SELECT 60, 'Objective', 'revenue_usd', 'Revenue', revenue_usd, 'usd', 'discounted, as stored; the signs are those of the sum'
         FROM p
  UNION ALL SELECT 61, NULL, 'cost_usd', 'Cost of starts', cost_usd, 'usd', NULL FROM p
  UNION ALL SELECT 62, NULL, 'shortage_usd', 'Penalties for short orders', shortage_usd, 'usd', NULL FROM p
  UNION ALL SELECT 63, NULL, 'late_usd', 'Cost of lateness', late_usd, 'usd', NULL FROM p
  UNION ALL SELECT 64, NULL, 'commitment_usd', 'Penalties for broken promises', commitment_usd, 'usd', NULL FROM p
  UNION ALL SELECT 65, NULL, 'shortfall_usd', 'Penalties for starts below minimum', shortfall_usd, 'usd', NULL FROM p
  UNION ALL SELECT 66, NULL, 'substitution_usd', 'Cost of substitution', substitution_usd, 'usd', NULL FROM p
  UNION ALL SELECT 67, NULL, 'holding_usd', 'Cost of holding', holding_usd, 'usd', NULL FROM p
  UNION ALL SELECT 68, NULL, 'power_usd', 'Power', power_usd, 'usd', NULL FROM p
  UNION ALL SELECT 69, NULL, 'capex_usd', 'Tools, charged to the horizon', capex_usd, 'usd', NULL FROM p
  UNION ALL SELECT 70, NULL, 'removal_usd', 'Removal of tools', removal_usd, 'usd', NULL FROM p
  UNION ALL SELECT 75, NULL, 'discard_usd', 'Cost of what is thrown away', discard_usd, 'usd', NULL FROM p WHERE discard_usd <> 0
  UNION ALL SELECT 76, NULL, 'moved_usd', 'Hours moved to alternates', moved_usd, 'usd', NULL FROM p WHERE moved_usd <> 0
  UNION ALL SELECT 77, NULL, 'fixed_usd', 'Fixed charges of starts', fixed_usd, 'usd', NULL FROM p WHERE fixed_usd <> 0
  UNION ALL SELECT 78, NULL, 'target_usd', 'Penalties for stock below target', target_usd, 'usd', NULL FROM p WHERE target_usd <> 0
  UNION ALL SELECT 79, NULL, 'cumulated_usd', 'Penalties for cumulated promises', cumulated_usd, 'usd', NULL FROM p WHERE cumulated_usd <> 0
  UNION ALL SELECT 71, NULL, 'end_value_usd', 'Worth of what is left', end_value_usd, 'usd', NULL FROM p
  UNION ALL SELECT 72, NULL, 'tail_usd', 'Tail', tail_usd, 'usd', 'behind the horizon (setting tail_days)' FROM p
  UNION ALL SELECT 74, NULL, 'policy_usd', 'Missing from the policy', policy_usd, 'usd', 'what whole tools leave missing of what it keeps' FROM p WHERE policy_usd <> 0
  UNION ALL SELECT 73, NULL, 'calm_usd', 'Price of calm', calm_usd, 'usd', 'given up so that starts move less' FROM p WHERE calm_usd > 0)
SELECT number, section, key, label, value, format, note FROM lines ORDER BY number
