-- What drives demand, and what it takes of which item: orders are made of it in the plan where `demand` has none.

-- A driver's quantity per year, linear between its dates, before the first and after the last the nearest.
CREATE TABLE driver (
    driver   TEXT NOT NULL CHECK (length(driver) BETWEEN 1 AND 63),
    date     TEXT NOT NULL CHECK (date(date, '+0 days') IS date),                  -- day of the quantity
    quantity REAL NOT NULL CHECK (quantity BETWEEN 0 AND 1e+15),                   -- per year; on that day
    unit     TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 4000),                -- what is counted: robots, vehicles, satellites
    basis    TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note     TEXT CHECK (length(note) BETWEEN 1 AND 4000),
    PRIMARY KEY (driver, date)
) STRICT;

-- Units of an item that a customer takes for each unit of a driver, linear between the dates; the other columns hold from their date.
CREATE TABLE driver_use (
    driver            TEXT NOT NULL CHECK (length(driver) BETWEEN 1 AND 63),
    item              TEXT NOT NULL REFERENCES item,                               -- item that it takes
    customer          TEXT NOT NULL REFERENCES customer,                           -- customer that orders it
    from_date         TEXT CHECK (date(from_date, '+0 days') IS from_date),        -- from this date; empty: from the beginning of time on
    units_per_driver  REAL NOT NULL CHECK (units_per_driver BETWEEN 0 AND 1e+15),  -- units per unit of the driver; before the first date and after the last the nearest
    replacement_frac  REAL CHECK (replacement_frac BETWEEN 0 AND 1),               -- fraction; more for replacement; empty: 0
    lead_days         REAL CHECK (lead_days BETWEEN 0 AND 1e+15),                  -- days; that the item is needed before the driver's unit; empty: 0
    price_usd         REAL NOT NULL CHECK (price_usd BETWEEN 0 AND 1e+15),         -- USD per unit; paid on shipment
    shortage_usd      REAL CHECK (shortage_usd BETWEEN 0 AND 1e+15),               -- USD per unit; cost of a unit never shipped; empty: 0
    late_usd_per_week REAL CHECK (late_usd_per_week BETWEEN 0 AND 1e+15),          -- USD per unit and week; cost of shipping late; empty: 0
    max_late_days     REAL CHECK (max_late_days BETWEEN 0 AND 1e+15),              -- days; latest useful shipment after the due period's start; empty: 0
    min_fill          REAL CHECK (min_fill BETWEEN 0 AND 1),                       -- fraction; promised share, empty: the customer's
    class             TEXT CHECK (class IN ('firm', 'forecast')),                  -- how sure it is
    basis             TEXT CHECK (length(basis) BETWEEN 1 AND 4000),  -- where the figures of the row come from
    note              TEXT CHECK (length(note) BETWEEN 1 AND 4000)
) STRICT;
CREATE UNIQUE INDEX driver_use_key ON driver_use (driver, item, customer, COALESCE(from_date, ''));
