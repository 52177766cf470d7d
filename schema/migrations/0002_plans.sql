-- Plans: one row in `plan` for each run, and what the plan says in tables of their own. Written once, never changed (triggers below).
-- Quantities are units or wafers of the period, money is USD. "Value" columns are multipliers of the optimum: what the objective gains from one more.
-- The row of `plan` is written last (it knows how long the run took), so the references to it are looked at when the transaction ends.
-- Values and money without the word "discounted" are of the day they are paid; discount is the factor to the plan's start.

CREATE TABLE plan (
    plan                  INTEGER PRIMARY KEY,
    name                  TEXT NOT NULL,
    plan_name             TEXT NOT NULL,               -- setting plan_name
    currency              TEXT NOT NULL,               -- setting currency
    policy                TEXT NOT NULL,
    status                TEXT NOT NULL CHECK (status IN ('optimal', 'limit')),
    objective_usd         REAL NOT NULL,
    bound_usd             REAL NOT NULL,               -- nothing better exists: weak duality in exact arithmetic
    gap                   REAL NOT NULL,
    row_residual          REAL NOT NULL,               -- largest violation of a row, relative, exact arithmetic
    check_result          TEXT NOT NULL CHECK (check_result = 'verified'),
    model_rows            INTEGER NOT NULL,
    model_columns         INTEGER NOT NULL,
    model_nonzeros        INTEGER NOT NULL,
    iterations            INTEGER NOT NULL,
    seconds_load          REAL NOT NULL,
    seconds_build         REAL NOT NULL,
    seconds_solve         REAL NOT NULL,
    seconds_check         REAL NOT NULL,
    seconds_store         REAL NOT NULL,
    created_utc           TEXT NOT NULL,
    inputs_sha256         TEXT NOT NULL CHECK (length(inputs_sha256) = 64),
    options               TEXT NOT NULL,               -- what was asked for, as JSON
    versions              TEXT NOT NULL,               -- fabplan, GLPK, GMP, SQLite
    discount_rate         REAL NOT NULL,               -- per year
    end_value_frac        REAL NOT NULL,
    horizon_start         TEXT NOT NULL,
    horizon_end           TEXT NOT NULL,               -- exclusive
    -- totals, discounted; with these signs they sum to objective_usd
    revenue_usd           REAL NOT NULL,
    cost_usd              REAL NOT NULL,
    shortage_usd          REAL NOT NULL,
    late_usd              REAL NOT NULL,
    commitment_usd        REAL NOT NULL,
    shortfall_usd         REAL NOT NULL,
    substitution_usd      REAL NOT NULL,
    holding_usd           REAL NOT NULL,
    power_usd             REAL NOT NULL,
    capex_usd             REAL NOT NULL,
    removal_usd           REAL NOT NULL,
    end_value_usd         REAL NOT NULL,
    profit_usd            REAL NOT NULL                -- before penalties and end value
) STRICT;

CREATE TABLE plan_period (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    number                INTEGER NOT NULL,            -- 1, 2, ... in time
    start_date            TEXT NOT NULL,
    end_date              TEXT NOT NULL,               -- exclusive
    days                  REAL NOT NULL,
    discount              REAL NOT NULL,               -- factor of money of the period's start
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_start (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    source                TEXT NOT NULL,
    period                TEXT NOT NULL,
    starts                REAL NOT NULL,               -- wafers or units
    starts_per_week       REAL NOT NULL,
    usd_per_start         REAL NOT NULL,
    gross_units_per_start REAL NOT NULL,
    line_yield            REAL NOT NULL,               -- fraction of the starts that come out
    unit_yield            REAL NOT NULL,               -- good units of the gross units that come out
    good_units            REAL NOT NULL,               -- that these starts will give, whenever they arrive
    arriving_share        REAL NOT NULL,               -- share of them that arrives before the horizon's end
    lead_days             REAL NOT NULL,
    cost_usd              REAL NOT NULL,
    min_starts            REAL,                        -- of the source limit
    max_starts            REAL,
    starts_missing        REAL NOT NULL,               -- below the minimum
    shortfall_usd         REAL NOT NULL,               -- penalty paid for them
    usd_per_more_start    REAL NOT NULL,               -- value of raising the maximum by one start; below 0: loss per start if one were forced
    PRIMARY KEY (plan, source, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_line (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    line                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    starts                REAL NOT NULL,
    starts_per_week       REAL NOT NULL,
    max_starts_per_week   REAL,
    max_ramp_per_week     REAL,
    usd_per_start_per_week REAL NOT NULL,              -- value of one more start a week of the line's limit
    usd_per_ramp          REAL NOT NULL,               -- value of one more start a week of ramp in this period
    floor_m2              REAL,                        -- limit, with shells bought
    floor_used_m2         REAL NOT NULL,               -- by tools, shells counted on the other side
    usd_per_m2            REAL NOT NULL,
    PRIMARY KEY (plan, line, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_demand (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,               -- due
    class                 TEXT,
    quantity              REAL NOT NULL,
    price_usd             REAL NOT NULL,
    shipped               REAL NOT NULL,               -- against this demand, in time or late
    short                 REAL NOT NULL,
    promised              REAL NOT NULL,               -- min_fill x quantity
    lack                  REAL NOT NULL,               -- promised and not shipped
    shortage_usd          REAL NOT NULL,               -- paid for short
    commitment_usd        REAL NOT NULL,               -- paid for lack
    usd_per_unit          REAL NOT NULL,               -- marginal cost of supplying one more unit in the due period
    PRIMARY KEY (plan, demand)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_shipment (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    period                TEXT NOT NULL,               -- of the shipment
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    quantity              REAL NOT NULL,
    price_usd             REAL NOT NULL,
    late_weeks            REAL NOT NULL,
    revenue_usd           REAL NOT NULL,
    late_usd              REAL NOT NULL,
    PRIMARY KEY (plan, demand, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_stock (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    opening               REAL NOT NULL,
    made                  REAL NOT NULL,               -- arrivals from sources with a route
    bought                REAL NOT NULL,               -- arrivals from sources without one
    received              REAL NOT NULL,               -- open orders
    wip                   REAL NOT NULL,               -- arrivals of starting WIP
    substituted_in        REAL NOT NULL,               -- other items used as this one
    substituted_out       REAL NOT NULL,               -- this item used as others
    consumed              REAL NOT NULL,               -- into other items
    shipped               REAL NOT NULL,
    discarded             REAL NOT NULL,
    closing               REAL NOT NULL,
    unit_value_usd        REAL NOT NULL,
    holding_usd           REAL NOT NULL,
    substitution_usd      REAL NOT NULL,               -- paid for substituted_in
    usd_per_unit          REAL NOT NULL,               -- value of one more unit
    PRIMARY KEY (plan, item, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_capacity (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    period                TEXT NOT NULL,
    tools                 REAL NOT NULL,               -- installed and bought, less removed
    available_hours       REAL NOT NULL,               -- 24 d availability max_utilisation tools
    load_hours            REAL NOT NULL,               -- of the group's own steps and lots
    moved_out_hours       REAL NOT NULL,               -- done on alternates
    moved_in_hours        REAL NOT NULL,               -- of other groups, in hours here
    used_hours            REAL NOT NULL,               -- load - out + in
    utilisation           REAL NOT NULL,               -- used / available, 0 with no hours available
    usd_per_hour          REAL NOT NULL,               -- value of one more hour
    usd_per_tool          REAL NOT NULL,               -- value of one more tool in the period
    PRIMARY KEY (plan, tool_group, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_offload (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    alternate             TEXT NOT NULL,
    route                 TEXT NOT NULL,               -- '' every route
    step                  INTEGER NOT NULL,            -- -1 every step
    period                TEXT NOT NULL,
    hours                 REAL NOT NULL,               -- of tool_group
    alternate_hours       REAL NOT NULL,
    PRIMARY KEY (plan, tool_group, alternate, route, step, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_purchase (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    period                TEXT NOT NULL,               -- of the order or removal
    event                 TEXT NOT NULL CHECK (event IN ('order', 'removal')),
    tools                 REAL NOT NULL,
    usd_per_tool          REAL NOT NULL,
    usd                   REAL NOT NULL,               -- paid
    delivery_date         TEXT NOT NULL,
    charged_usd           REAL NOT NULL,               -- part of the price that the horizon bears (objective)
    PRIMARY KEY (plan, tool_group, period, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_delivery (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    tool_group            TEXT NOT NULL,
    from_date             TEXT NOT NULL,
    to_date               TEXT NOT NULL,
    tools                 REAL NOT NULL,
    max_tools             REAL NOT NULL,
    usd_per_tool          REAL NOT NULL,               -- value of one more delivery in the window
    PRIMARY KEY (plan, tool_group, from_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_budget (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    period                TEXT NOT NULL,
    budget_usd            REAL,                        -- cumulative, NULL: no limit
    spent_usd             REAL NOT NULL,               -- cumulative price of the tools ordered
    usd_per_usd           REAL NOT NULL,               -- value of one more dollar
    PRIMARY KEY (plan, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_power (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    site                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    limit_mw              REAL NOT NULL,
    supply_mw             REAL NOT NULL,               -- added by tools
    base_mw               REAL NOT NULL,
    tools_mw              REAL NOT NULL,               -- with the facility factor
    used_mw               REAL NOT NULL,
    energy_mwh            REAL NOT NULL,
    usd_per_mwh           REAL NOT NULL,
    power_usd             REAL NOT NULL,
    usd_per_mw            REAL NOT NULL,               -- value of one more MW
    PRIMARY KEY (plan, site, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_substitution (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    item                  TEXT NOT NULL,
    instead_of            TEXT NOT NULL,
    period                TEXT NOT NULL,
    quantity              REAL NOT NULL,
    usd                   REAL NOT NULL,
    PRIMARY KEY (plan, item, instead_of, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_shipment_limit (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    customer              TEXT NOT NULL,
    item                  TEXT NOT NULL,
    period                TEXT NOT NULL,
    max_quantity          REAL NOT NULL,
    shipped               REAL NOT NULL,
    usd_per_unit          REAL NOT NULL,               -- value of one more unit that the customer can take
    PRIMARY KEY (plan, customer, item, period)
) STRICT, WITHOUT ROWID;

-- Why demand is short: what the next unit would cost and of what. The rows of a demand add up to the marginal cost of one more unit
-- (plan_demand.usd_per_unit); rank 1 costs most. `binding` marks limits that are used up (tool hours, contracts, ramps, budgets), as against money that is simply spent.
CREATE TABLE plan_shortage (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    demand                TEXT NOT NULL,
    rank                  INTEGER NOT NULL,
    family                TEXT NOT NULL,               -- CAP SRC LIN SHP PWR ... or COST
    key                   TEXT NOT NULL,               -- tool group, source, line, ...
    label                 TEXT NOT NULL,               -- in words
    period                TEXT,                        -- where most of it falls
    binding               INTEGER NOT NULL CHECK (binding IN (0, 1)),
    usd_per_unit          REAL NOT NULL,               -- part of the marginal cost
    amount                REAL,                        -- of the limit, per unit (hours, starts, ...)
    unit                  TEXT,
    usd_per_amount        REAL,                        -- value of one more (of the hour, of the start, ...), averaged over the periods used
    PRIMARY KEY (plan, demand, rank)
) STRICT, WITHOUT ROWID;

-- Promises that the plan breaks: minimum fills and minimum starts.
CREATE TABLE plan_promise (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    kind                  TEXT NOT NULL CHECK (kind IN ('min_fill', 'min_starts')),
    key                   TEXT NOT NULL,               -- demand or source
    period                TEXT NOT NULL,
    promised              REAL NOT NULL,
    kept                  REAL NOT NULL,
    missing               REAL NOT NULL,
    penalty_usd           REAL NOT NULL,
    PRIMARY KEY (plan, kind, key, period)
) STRICT, WITHOUT ROWID;

-- The certificate of the plan as stored: the point and the multipliers as the check saw them, by name, so that `doctor` can repeat it.
CREATE TABLE plan_column (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    value                 REAL NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_row (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    multiplier            REAL NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

-- A plan says what was decided with what was known then: it is never changed and never deleted.
CREATE TRIGGER plan_no_update BEFORE UPDATE ON plan BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_no_delete BEFORE DELETE ON plan BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_period_no_update BEFORE UPDATE ON plan_period BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_period_no_delete BEFORE DELETE ON plan_period BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_start_no_update BEFORE UPDATE ON plan_start BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_start_no_delete BEFORE DELETE ON plan_start BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_line_no_update BEFORE UPDATE ON plan_line BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_line_no_delete BEFORE DELETE ON plan_line BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_demand_no_update BEFORE UPDATE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_demand_no_delete BEFORE DELETE ON plan_demand BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shipment_no_update BEFORE UPDATE ON plan_shipment BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shipment_no_delete BEFORE DELETE ON plan_shipment BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_stock_no_update BEFORE UPDATE ON plan_stock BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_stock_no_delete BEFORE DELETE ON plan_stock BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_capacity_no_update BEFORE UPDATE ON plan_capacity BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_capacity_no_delete BEFORE DELETE ON plan_capacity BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_offload_no_update BEFORE UPDATE ON plan_offload BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_offload_no_delete BEFORE DELETE ON plan_offload BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_purchase_no_update BEFORE UPDATE ON plan_purchase BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_purchase_no_delete BEFORE DELETE ON plan_purchase BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_delivery_no_update BEFORE UPDATE ON plan_delivery BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_delivery_no_delete BEFORE DELETE ON plan_delivery BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_budget_no_update BEFORE UPDATE ON plan_budget BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_budget_no_delete BEFORE DELETE ON plan_budget BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_power_no_update BEFORE UPDATE ON plan_power BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_power_no_delete BEFORE DELETE ON plan_power BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_substitution_no_update BEFORE UPDATE ON plan_substitution BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_substitution_no_delete BEFORE DELETE ON plan_substitution BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shipment_limit_no_update BEFORE UPDATE ON plan_shipment_limit BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shipment_limit_no_delete BEFORE DELETE ON plan_shipment_limit BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_shortage_no_update BEFORE UPDATE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_shortage_no_delete BEFORE DELETE ON plan_shortage BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_promise_no_update BEFORE UPDATE ON plan_promise BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_promise_no_delete BEFORE DELETE ON plan_promise BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_column_no_update BEFORE UPDATE ON plan_column BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_column_no_delete BEFORE DELETE ON plan_column BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER plan_row_no_update BEFORE UPDATE ON plan_row BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_row_no_delete BEFORE DELETE ON plan_row BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
