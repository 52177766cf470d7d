,
  lines(number, section, key, label, value, format, note) AS (
  SELECT 10, 'Snapshot', 'snapshot', 'Snapshot', snapshot, 'year', 'never changed once written' FROM snap
  UNION ALL SELECT 11, NULL, 'created', 'Made', created_utc, 'text', 'UTC' FROM snap
  UNION ALL SELECT 12, NULL, 'method', 'Method', method, 'text', NULL FROM snap
  UNION ALL SELECT 13, NULL, 'from_date', 'Window from', coalesce(from_date, 'the first wafer'), 'text', 'process-out' FROM snap
  UNION ALL SELECT 14, NULL, 'to_date', 'Window to', coalesce(to_date, 'the last wafer'), 'text', 'exclusive' FROM snap
  UNION ALL SELECT 15, NULL, 'confidence', 'Confidence', confidence, 'percent', 'of all limits of estimates' FROM snap
  UNION ALL SELECT 20, 'History', 'simulated', 'History', iif(simulated, 'SIMULATED by fabplan', 'measured'), 'text',
         'simulated when any row of it is marked so' FROM snap
  UNION ALL SELECT 21, NULL, 'history_sha256', 'Hash of the history', history_sha256, 'text',
         'SHA-256 over the sort results that were used'
         FROM snap
  UNION ALL SELECT 22, NULL, 'sources', 'Products', sources, 'count', NULL FROM snap
  UNION ALL SELECT 23, NULL, 'lots', 'Lots', lots, 'count', NULL FROM snap
  UNION ALL SELECT 24, NULL, 'wafers', 'Wafers', wafers, 'count', NULL FROM snap
  UNION ALL SELECT 30, 'Inputs', 'inputs_sha256', 'Hash of the inputs', inputs_sha256, 'text',
         'of the planned yields, when the estimate was made'
         FROM snap
  UNION ALL SELECT 31, NULL, 'inputs_now', 'Hash of the inputs now', coalesce(:inputs_sha256, inputs_sha256), 'text',
         'when it differs, planned cycle times and availabilities here may be newer than the planned yields' FROM snap
  UNION ALL SELECT 41, 'Charts', 'laney', 'Lots', 'Laney p'' chart, 3 standard errors', 'text',
         'of the lots about the learning curve, screened lots charted but not counted into the spread (Laney 2002)'
  UNION ALL SELECT 42, NULL, 'ewma', 'Shifts', 'EWMA, weight 0.2, limits 2.86', 'text',
         'one false alarm in 370 lots (Lucas and Saccucci 1990)'
  UNION ALL SELECT 50, 'Run', 'versions', 'Versions', versions, 'text', NULL FROM snap)
-- Where the estimates come from. The same snapshot gives the same workbook.
SELECT number, section, key, label, value, format, note FROM lines ORDER BY number
