,
  now AS (
    SELECT nullif(max(coalesce((SELECT max(time) FROM lot_event), ''), coalesce((SELECT max(time) FROM tool_event), ''),
                      coalesce((SELECT max(start_time) FROM lot), '')), '') AS time),
  e AS (
    SELECT count(*) AS products, total(good) AS good, total(tested) AS tested, sum(excluded_lots) AS excluded_lots,
           sum(alpha IS NOT NULL) AS clustered,
           sum(halflife_days IS NOT NULL) AS learning
    FROM yield_estimate WHERE snapshot = :snapshot),
  off AS (
    SELECT count(*) AS products, group_concat(text, '; ') AS text
    FROM (SELECT source || ' ' || side || ' since ' || since AS text FROM standing WHERE side IN ('below', 'above') ORDER BY place)),
  first_of_year AS (
    SELECT *, row_number() OVER (PARTITION BY source, substr(start_date, 1, 4) ORDER BY start_date) AS place
    FROM yield_period WHERE snapshot = :snapshot),
  plan AS (
    SELECT total(planned_unit_yield > p90) AS above, total(planned_unit_yield < p10) AS below FROM first_of_year WHERE place = 1),
  wip AS (SELECT count(*) AS lots, total(wafers) AS wafers FROM lot WHERE status = 'active' OR status = 'held'),
  lines(number, section, key, label, value, format, formula, note) AS (
  SELECT 10, 'Estimate', 'subject', 'Yields', 'Yields, snapshot ' || snapshot || iif(simulated, ' · SIMULATED HISTORY', ''), 'text', NULL,
         'estimated ' || substr(created_utc, 1, 10) || '; a snapshot is never changed' FROM snap
  UNION ALL SELECT 11, NULL, iif(simulated, 'warning', 'history'), 'History',
         iif(simulated, 'SIMULATED: the wafer-lot history was made by fabplan, not measured in a fab', 'measured'), 'text', NULL,
         iif(simulated, 'nothing here says anything about a real fab', 'no row of it is marked as simulated') FROM snap
  UNION ALL SELECT 12, NULL, 'from', 'Window: wafers out from', coalesce(from_date, (SELECT min(first_date) FROM yield_estimate
         WHERE snapshot = :snapshot)), 'date', NULL, iif(from_date IS NULL, 'the first one', 'as asked for') FROM snap
  UNION ALL SELECT 13, NULL, 'to', 'to', coalesce(date(to_date, '-1 day'), (SELECT max(last_date) FROM yield_estimate
         WHERE snapshot = :snapshot)), 'date', NULL, iif(to_date IS NULL, 'the last one', 'as asked for') FROM snap
  UNION ALL SELECT 14, NULL, 'products', 'Products', NULL, 'count', '=SUMPRODUCT(({column:yield_levels.label}<>"")*1)',
         'sources with sorted wafers' FROM snap
  UNION ALL SELECT 15, NULL, 'lots', 'Lots', NULL, 'count', '={sum:yield_levels.lots}', 'with sorted wafers' FROM snap
  UNION ALL SELECT 16, NULL, 'wafers', 'Wafers', NULL, 'count', '={sum:yield_levels.wafers}', 'a retest of some die is merged with the run before' FROM snap
  UNION ALL SELECT 17, NULL, 'tested', 'Tested die', NULL, 'count', '={sum:yield_levels.tested}', NULL FROM e
  UNION ALL SELECT 18, NULL, 'confidence', 'Confidence', confidence, 'percent', NULL, 'of all limits' FROM snap
  UNION ALL SELECT 20, 'Answer', 'off_now', 'Products off their curve', NULL, 'count', '=COUNTIFS({column:yield_products.off},"yes")',
         coalesce(text, 'every product is on its learning curve') FROM off
  UNION ALL SELECT 21, NULL, 'excursions', 'Excursion lots', NULL, 'count', '={sum:yield_levels.excluded_lots}',
         'screened out; which, and what points where: sheets Excursions, Shared tools' FROM e
  UNION ALL SELECT 22, NULL, 'mean', 'Yield of all die', NULL, 'percent', '={sum:yield_levels.good}/{cell:yield_cover.tested}',
         'excursions included; a mixture of products, for orientation' FROM e
  UNION ALL SELECT 23, NULL, 'above', 'Planned yields above p90', NULL, 'count',
         '=SUMPRODUCT(({column:yield_planned.planned}>{column:yield_planned.p90})*1)',
           'products and years whose plan is too good: sheet Planned' FROM plan
  UNION ALL SELECT 24, NULL, 'below', 'Planned yields below p10', NULL, 'count',
         '=SUMPRODUCT(({column:yield_planned.planned}<{column:yield_planned.p10})*1)',
           'products and years in which the forecast is better than the plan' FROM plan
  UNION ALL SELECT 30, 'Verdicts', 'clustered', 'Clustering identified', clustered, 'count', NULL,
         'of ' || products || ' products; else the wafers vary no more than independent die do and alpha is not told' FROM e
  UNION ALL SELECT 31, NULL, 'learning', 'D0 changes with time', learning, 'count', NULL,
         'of ' || products || ' products; else it is taken as constant. What of the curve the lots tell: sheet Verdicts' FROM e
  UNION ALL SELECT 32, NULL, 'systematic', 'Systematic yield', 'not identified', 'text', NULL,
         'counts of one product cannot tell it from D0: it is taken as given; in words: sheet Verdicts'
  UNION ALL SELECT 40, 'Fab', 'as_of', 'Last event', substr(time, 1, 10), 'date', NULL, 'lots and ages are as of it' FROM now
         WHERE time IS NOT NULL
  UNION ALL SELECT 41, NULL, 'wip', 'Wafers in process', NULL, 'count', '={sum:yield_lots.wafers}', lots || ' active and held lots'
         FROM wip
  UNION ALL SELECT 50, 'How to read', 'live', 'Live', 'Values and formulas', 'text', NULL,
         'Measured counts and estimates are values; formulas follow from them. A changed cell does not make a new estimate.'
  UNION ALL SELECT 51, NULL, 'limits', 'Limits', 'two kinds', 'text', NULL,
         'Limits of an estimate hold the truth as often as the confidence says; limits of a chart are three standard errors wide.'
  UNION ALL SELECT 52, NULL, 'band', 'p10, p50, p90', 'yields to plan with', 'text', NULL,
         '10 % of outcomes lie below p10: the mean of the lots of a period, with common and lot error, excursions at their rate so far.')
SELECT number, section, key, label, value, format, formula, note FROM lines ORDER BY number
