-- What is asked of a stored plan later: where its solver stood, and of each tested value its own proof and how far it holds.

-- Of a line of plan_value: where it is given, the program that was solved again has this optimum and proven bound.
ALTER TABLE plan_value ADD COLUMN objective_usd REAL;
ALTER TABLE plan_value ADD COLUMN bound_usd REAL;
ALTER TABLE plan_value ADD COLUMN holds_to REAL;                                -- in units: the gain of a unit is within 1 % of the step's up to here; NULL: not looked for

-- The basis of the money stage, a letter for each row and column of its program: a start for the next solve, and nothing that is believed.
CREATE TABLE plan_basis (
    plan                  INTEGER PRIMARY KEY REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    row_status            TEXT NOT NULL,
    column_status         TEXT NOT NULL
) STRICT;

CREATE TRIGGER plan_basis_no_update BEFORE UPDATE ON plan_basis BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_basis_no_delete BEFORE DELETE ON plan_basis BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
