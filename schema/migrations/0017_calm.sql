-- What the calm stage gave up of the objective: the stored point is worth objective_usd less this.

ALTER TABLE plan ADD COLUMN calm_usd REAL NOT NULL DEFAULT 0;
