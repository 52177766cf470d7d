-- What of a die's defects repair removes, and the control charts of a snapshot's lots about their learning curve, as `fabplan yield spc` draws them. NULL: the lots make no chart, or the snapshot is older than this.

ALTER TABLE yield_estimate ADD COLUMN repairable INTEGER NOT NULL DEFAULT 0; -- defects of a die; D0 and alpha are those before repair
ALTER TABLE yield_estimate ADD COLUMN chart_sigma_z REAL; -- Laney: how many times binomial errors are too small

ALTER TABLE yield_lot ADD COLUMN seq INTEGER;             -- order in time of the source's lots: 1, 2, ...
ALTER TABLE yield_lot ADD COLUMN chart_low REAL;          -- p' limits of the yield
ALTER TABLE yield_lot ADD COLUMN chart_high REAL;
ALTER TABLE yield_lot ADD COLUMN chart_side TEXT CHECK (chart_side IN ('below', 'within', 'above'));
ALTER TABLE yield_lot ADD COLUMN ewma REAL;               -- in standard deviations; limits are -ewma_limit .. ewma_limit
ALTER TABLE yield_lot ADD COLUMN ewma_limit REAL;
ALTER TABLE yield_lot ADD COLUMN ewma_side TEXT CHECK (ewma_side IN ('below', 'within', 'above'));
