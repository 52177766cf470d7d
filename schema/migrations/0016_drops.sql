-- How fast the starts of a line may fall. NULL: at once.

CREATE TABLE line_limit_new (
    line                TEXT NOT NULL REFERENCES line,
    from_date           TEXT NOT NULL CHECK (date(from_date, '+0 days') IS from_date),        -- from this date
    to_date             TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),            -- to before this date
    max_starts_per_week REAL CHECK (max_starts_per_week BETWEEN 0 AND 1e+15),      -- starts per week; of all the line's sources
    max_ramp_per_week   REAL CHECK (max_ramp_per_week BETWEEN 0 AND 1e+15),        -- starts per week, per week; growth of the weekly rate
    max_drop_per_week   REAL CHECK (max_drop_per_week BETWEEN 0 AND 1e+15),        -- starts per week, per week; fall of the weekly rate
    basis               TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note                TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (line, from_date)
) STRICT;
INSERT INTO line_limit_new (line, from_date, to_date, max_starts_per_week, max_ramp_per_week, basis, note)
SELECT line, from_date, to_date, max_starts_per_week, max_ramp_per_week, basis, note FROM line_limit;
DROP TABLE line_limit;
ALTER TABLE line_limit_new RENAME TO line_limit;

ALTER TABLE plan_line ADD COLUMN max_drop_per_week REAL;
ALTER TABLE plan_line ADD COLUMN usd_per_drop REAL NOT NULL DEFAULT 0; -- value of one more start a week of fall in this period
