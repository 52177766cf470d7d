-- A made-up plan whose arithmetic is right: 3 customers, 5 chips, 48 months, 20 tool groups. Every table of the plan follows from the
-- demand and
-- a share that is shipped; money totals follow from the tables. One customer has a name that a spreadsheet would run if it were let.

CREATE TEMP TABLE seq AS WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < 48) SELECT value FROM s;

INSERT INTO setting (key, value) VALUES ('plan_name', 'Fixture & sons'), ('discount_rate', '0.1');
INSERT INTO site (site, name) VALUES ('HOME', 'Home site');
INSERT INTO line (line, site, kind, name, base_load_mw) VALUES ('LOGIC', 'HOME', 'logic', 'Logic line', 4), ('PKG', 'HOME', 'packaging',
  'Packaging line', 2);
INSERT INTO customer (customer, name, priority) VALUES ('ACME', 'Acme Motors', 1), ('ORBIT', 'Orbit "Sats" <GmbH>', 2), ('=2+2',
  '=HYPERLINK("http://x.example","y")', 3);
INSERT INTO item (item, kind, name, unit_value_usd)
  SELECT 'CHIP' || value, 'chip', 'Compute chip ' || value, 300 * value FROM temp.seq WHERE value <= 5;
INSERT INTO item (item, kind, name, unit_value_usd)
  SELECT 'DIE' || value, 'die', 'Die of chip ' || value, 40 * value FROM temp.seq WHERE value <= 5;
INSERT INTO calendar (period, start_date, end_date)
  SELECT strftime('%Y-%m', '2027-01-01', (value - 1) || ' months'), date('2027-01-01', (value - 1) || ' months'), date('2027-01-01',
    value || ' months')
  FROM temp.seq;
INSERT INTO tool_group (tool_group, line, name, tools, availability, max_utilisation, price_usd, buyable, basis)
  SELECT printf('%s_%02d', iif(value <= 12, 'L', 'P'), value), iif(value <= 12, 'LOGIC', 'PKG'),
         'Tool group number ' || value || iif(value % 7 = 3, ' with a rather long name: inspection and review', ''), 3 + value % 4, 0.9,
           0.9, 1e6 * value, 1,
         iif(value % 5 = 0,
           'reported: a long remark about where this figure was found, who said so, when it was read, '
           || 'and what it was taken to mean here', 'assumption')
  FROM temp.seq WHERE value <= 20;
INSERT INTO route (route, line, name) VALUES ('R_LOGIC', 'LOGIC', 'Wafers'), ('R_PKG', 'PKG', 'Packages');
INSERT INTO source (source, item, line, route, units_per_start)
  SELECT 'DIE' || value || '@R_LOGIC', 'DIE' || value, 'LOGIC', 'R_LOGIC', 60 FROM temp.seq WHERE value <= 5;
INSERT INTO source (source, item, line, route) SELECT 'CHIP' || value || '@R_PKG', 'CHIP' || value, 'PKG', 'R_PKG' FROM temp.seq
  WHERE value <= 5;
INSERT INTO bom (item, component, quantity) SELECT 'CHIP' || value, 'DIE' || value, 1 FROM temp.seq WHERE value <= 5;

CREATE TEMP TABLE t AS
  SELECT value AS n, strftime('%Y-%m', '2027-01-01', (value - 1) || ' months') AS period, date('2027-01-01', (value - 1) || ' months') AS b,
         date('2027-01-01', value || ' months') AS e FROM temp.seq;
ALTER TABLE t ADD COLUMN d REAL;
ALTER TABLE t ADD COLUMN f REAL;
UPDATE t SET d = julianday(e) - julianday(b), f = pow(1.1, -(julianday(b) - julianday('2027-01-01')) / 365.25);

-- orders: a share of each is shipped, one in five of it a month or two late (never beyond the horizon)
INSERT INTO demand (demand, customer, item, due_date, quantity, price_usd, shortage_usd, late_usd_per_week, max_late_days, class)
  SELECT p.c || ':' || p.item || ':' || t.period, p.c, p.item, t.b, round(p.q * (1 + 0.02 * t.n)), p.price, 50, 1.5, 62, iif(t.n <= 24,
    'firm', 'forecast')
  FROM (SELECT 'ACME' AS c, 'CHIP1' AS item, 4000 AS q, 900.0 AS price UNION ALL SELECT 'ACME', 'CHIP2', 2500, 1450.0
    UNION ALL SELECT 'ORBIT', 'CHIP2', 800, 1600.5
        UNION ALL SELECT 'ORBIT', 'CHIP3', 600, 5200.25 UNION ALL SELECT '=2+2', 'CHIP4', 150, 11999.99 UNION ALL SELECT '=2+2', 'CHIP5',
          90, 700.0) AS p
  JOIN temp.t;
CREATE TEMP TABLE o AS
  SELECT d.*, t.n, t.period, t.f,
         CASE WHEN d.item IN ('CHIP2', 'CHIP4') AND t.n BETWEEN 25 AND 40 THEN round(d.quantity * (0.55 + 0.02 * (t.n - 24)), 3) + 1.0 / 3
              WHEN d.item = 'CHIP5' AND t.n > 42 THEN 0.0 ELSE d.quantity END AS shipped
  FROM demand AS d JOIN temp.t ON t.b = d.due_date;
CREATE TEMP TABLE ship AS
  SELECT demand, customer, item, period, price_usd, n, 0.0 AS late, shipped * iif(n % 5 = 0 AND n < 48, 0.8, 1.0) AS quantity FROM temp.o
    WHERE shipped > 0
  UNION ALL SELECT o.demand, o.customer, o.item, t.period, o.price_usd, t.n, (julianday(t.b) - julianday(o.due_date)) / 7,
         o.shipped - o.shipped * 0.8
  FROM temp.o JOIN temp.t ON t.n = o.n + 1 + (o.n % 10 = 0) WHERE o.n % 5 = 0 AND o.shipped > 0;

-- stock, starts and what they need, backwards from the shipments
CREATE TEMP TABLE chip AS
  SELECT c.value AS k, 'CHIP' || c.value AS item, t.n, t.period, total(s.quantity) AS shipped, 100.0 + 10 * (t.n % 5) AS closing,
    iif(t.n = 1, 100.0, 100.0 + 10 * ((t.n - 1) % 5)) AS opening
  FROM temp.seq AS c JOIN temp.t LEFT JOIN temp.ship AS s ON s.item = 'CHIP' || c.value AND s.n = t.n
  WHERE c.value <= 5 GROUP BY c.value, t.n;
CREATE TEMP TABLE run AS
  SELECT k, n, period, shipped, opening, closing, shipped + closing - opening AS made, (shipped + closing - opening) / 0.95 AS packages,
         0.4 + 0.4 * n / 48.0 AS die_yield FROM temp.chip;
ALTER TABLE run ADD COLUMN wafers REAL;
UPDATE run SET wafers = packages / (60 * 0.97 * die_yield);

INSERT INTO plan_period SELECT 1, period, n, b, e, d, f FROM temp.t;
INSERT INTO plan_demand SELECT 1, demand, customer, item, period, class, quantity, price_usd, shipped, quantity - shipped, 0.8 * quantity,
  max(0.0, 0.8 * quantity - shipped), (quantity - shipped) * shortage_usd, 10 * price_usd * max(0.0, 0.8 * quantity - shipped),
    1.1 * price_usd, period FROM temp.o;
INSERT INTO plan_shipment SELECT 1, demand, period, customer, item, quantity, price_usd, late, quantity * price_usd,
  1.5 * late * quantity FROM temp.ship;

INSERT INTO plan_start SELECT 1, item || '@R_PKG', r.period, packages, packages * 7 / t.d, 20.0 + k, 1, 1, 0.95, made, 1, 0,
  packages * (20.0 + k), NULL,
  CASE WHEN k = 1 THEN 1e5 END, 0, 0, 0, 0, NULL FROM temp.run AS r JOIN temp.chip USING (k, n, period) JOIN temp.t USING (n);
INSERT INTO plan_start SELECT 1, 'DIE' || k || '@R_LOGIC', r.period, wafers, wafers * 7 / t.d, 6000.0, 60, 0.97, die_yield, packages, 1,
  0, wafers * 6000.0,
  CASE WHEN k = 3 THEN 8.0 END, NULL, CASE WHEN k = 3 THEN max(0.0, 8.0 - wafers) ELSE 0 END, CASE WHEN k = 3 THEN 100 * max(0.0,
    8.0 - wafers) ELSE 0 END,
  iif(k = 2 AND r.n > 24, 812.5, -3.25), 0, NULL FROM temp.run AS r JOIN temp.t USING (n);
INSERT INTO plan_line SELECT 1, 'LOGIC', r.period, total(wafers), total(wafers) * 7 / t.d, 900.0, 25.0, iif(r.n = 12, 77.7, 0), 0, 20000,
  12345.6, 0, 40.0, iif(r.n = 12, 33.3, 0)
  FROM temp.run AS r JOIN temp.t USING (n) GROUP BY n;
INSERT INTO plan_line SELECT 1, 'PKG', r.period, total(packages), total(packages) * 7 / t.d, NULL, NULL, 0, 0, NULL, 5000, 0, NULL, 0
  FROM temp.run AS r JOIN temp.t USING (n) GROUP BY n;

INSERT INTO plan_stock SELECT 1, item, c.period, c.opening, r.made, 0, 0, 0, 0, 0, 0, c.shipped, 0, c.closing, 300.0 * k,
  c.closing * 300 * k * 0.2 * t.d / 365.25, 0, 280.0 * k, 0
  FROM temp.chip AS c JOIN temp.run AS r USING (k, n) JOIN temp.t USING (n);
INSERT INTO plan_stock SELECT 1, 'DIE' || k, r.period, 5, packages + iif(k = 1, 3, 0), 0, 0, 0, iif(k = 2, 3, 0), iif(k = 1, 3, 0),
  packages + iif(k = 2, 1, 0), 0,
  iif(k = 2, 2, 0), 5, 40.0 * k, 5 * 40 * k * 0.2 * t.d / 365.25, iif(k = 2, 3, 0) * 0.5, 38.0, 0 FROM temp.run AS r JOIN temp.t USING (n);
INSERT INTO plan_substitution SELECT 1, 'DIE1', 'DIE2', '', period, 3, 1.5 FROM temp.t;
INSERT INTO layer VALUES ('PK', 'Packages', 0.5, NULL, NULL), ('XX', 'Nothing known', 0.5, NULL, NULL);
INSERT INTO plan_independence SELECT 1, 'PK', period, iif(number = 1, NULL, 0.25 + number / 100.0), 1 FROM plan_period WHERE plan = 1;
INSERT INTO plan_independence SELECT 1, 'XX', period, NULL, 0 FROM plan_period WHERE plan = 1;
INSERT INTO plan_figure SELECT 1, 'concentration', '', period, iif(number = 1, NULL, 3000 + number) FROM plan_period WHERE plan = 1;
INSERT INTO plan_resilience SELECT 1, 1, 'K8', 'TW/' || customer, (SELECT period FROM plan_period WHERE plan = 1 AND number = 3), 7, 'months', NULL, NULL, NULL FROM customer LIMIT 1;
INSERT INTO plan_peg SELECT 1, demand, period, item, 'stock', '', '', quantity / 4 FROM plan_shipment WHERE plan = 1;
INSERT INTO plan_peg SELECT 1, demand, period, item, 'source', 'a source', period, quantity * 3 / 4 FROM plan_shipment WHERE plan = 1;
INSERT INTO plan_shipment_limit SELECT 1, 'ORBIT', 'CHIP3', period, 2000, shipped, iif(n = 30, 12.25, 0) FROM temp.chip
  WHERE item = 'CHIP3';

-- groups 3, 9 and 15 are full in the years after the second
CREATE TEMP TABLE hours AS
  SELECT g.value AS k, (SELECT tool_group FROM tool_group WHERE CAST(substr(tool_group, 3) AS INTEGER) = g.value) AS tool_group, t.n,
    t.period, t.d,
         CASE WHEN g.value <= 12 THEN total(r.wafers) * (0.5 + g.value / 7.0) ELSE total(r.packages) * (0.02 + g.value / 500.0) END AS load
  FROM temp.seq AS g JOIN temp.t JOIN temp.run AS r ON r.n = t.n WHERE g.value <= 20 GROUP BY g.value, t.n;
INSERT INTO plan_capacity (plan, tool_group, period, tools, available_hours, load_hours, moved_out_hours, moved_in_hours, used_hours, utilisation, usd_per_hour, usd_per_tool, max_utilisation,
  process_hours, lot_hours, batch_hours, setup_hours, lead_hours, rework_hours, maintenance_hours, lost_hours, utilisation_of_uptime, starts, starts_full_batches, starts_without_gaps)
  SELECT 1, tool_group, period, 3 + k % 4 + n / 12, available, load, iif(k = 1, 5, 0), iif(k = 2, 5, 0), used,
  used / available,
  iif(used / available > 0.9999, 120.5 * k, 0), iif(used / available > 0.9999, 120.5 * k, 0) * available / (3 + k % 4 + n / 12), 0.9,
  load / 2, 0, load / 4, load / 8, 0, load / 16, load / 16, available / 9, (used - load / 16) / (available / 0.9 - load / 16), load / 2, load / 1.9, load / 1.8
  FROM (SELECT *, load - iif(k = 1, 5, 0) + iif(k = 2, 5, 0) AS used,
               (load - iif(k = 1, 5, 0) + iif(k = 2, 5, 0)) * CASE WHEN k IN (3, 9, 15) AND n > 24 THEN 1 WHEN k = 4 THEN 1.04
                 ELSE 1.2 + k % 5 END AS available FROM temp.hours);
INSERT INTO plan_down SELECT 1, tool_group, 'BREAK', period, 'hours', available_hours / 9 FROM plan_capacity WHERE plan = 1;
INSERT INTO plan_offload SELECT 1, 'L_01', 'L_02', '', -1, period, 5, 5, 0 FROM temp.t;

INSERT INTO plan_purchase VALUES (1, 'L_03', '2027-02', 'order', 2.5, 3e6, 7.5e6, '2028-02-01', 4.1e6), (1, 'P_15', '2027-06', 'order',
  1, 15e6, 15e6, '2028-06-01', 7e6),
  (1, 'L_05', '2028-01', 'removal', 1, 250000, 250000, '2028-01-01', 250000);
INSERT INTO plan_wip SELECT 1, source, 0.125, 'active', 250, 210.5, 39.5, 12.25, 'L_03' FROM source WHERE route IS NOT NULL
  UNION ALL SELECT 1, source, 0.5, 'held', 25, 0, 25, NULL, NULL FROM source WHERE route IS NOT NULL;
INSERT INTO plan_load SELECT 1, tool_group, 'S_' || tool_group, 1234.5 FROM tool_group;
INSERT INTO plan_work SELECT 1, tool_group, period, 'S_' || tool_group, '', 12.5 FROM tool_group CROSS JOIN temp.t;
INSERT INTO plan_delivery VALUES (1, 'L_03', '2028-01-01', '2029-01-01', 2.5, 2.5, 81234.5);
INSERT INTO plan_budget SELECT 1, period, 30e6, CASE WHEN n < 2 THEN 0 WHEN n < 6 THEN 7.5e6 ELSE 22.5e6 END, 0 FROM temp.t;
INSERT INTO plan_power SELECT 1, 'HOME', period, 30, 0, 6, mw, 6 + mw, (6 + mw) * 24 * d, 70.5, (6 + mw) * 24 * d * 70.5, 0
  FROM (SELECT *, load / 1000.0 AS mw FROM temp.hours WHERE k = 3);

INSERT INTO plan_shortage SELECT 1, demand, 1, 'CAP', 'L_03', 'Hours of L_03 Tool group number 3', period, 1, 0.6 * usd_per_unit, 0.5,
  'hour', 0.6 * usd_per_unit / 0.5
  FROM plan_demand WHERE short > 0;
INSERT INTO plan_shortage SELECT 1, demand, 2, 'LIN', 'LOGIC', 'Starts a week of LOGIC', period, 1, 0.25 * usd_per_unit, 0.02,
  'start/week', 12.5 * usd_per_unit FROM plan_demand WHERE short > 0;
INSERT INTO plan_shortage SELECT 1, demand, 3, 'COST', '', 'Cost of starts', NULL, 0,
  usd_per_unit - 0.6 * usd_per_unit - 0.25 * usd_per_unit, NULL, 'USD', NULL FROM plan_demand WHERE short > 0;
INSERT INTO plan_promise SELECT 1, 'min_fill', demand, period, promised, shipped, lack, commitment_usd FROM plan_demand WHERE lack > 0;
INSERT INTO plan_promise SELECT 1, 'min_starts', source, period, min_starts, starts, starts_missing, shortfall_usd FROM plan_start
  WHERE starts_missing > 0;

CREATE TEMP TABLE money AS
  SELECT (SELECT total(revenue_usd * f) FROM plan_shipment JOIN temp.t USING (period)) AS revenue,
         -(SELECT total(cost_usd * f) FROM plan_start JOIN temp.t USING (period)) AS cost,
         -(SELECT total(shortage_usd * f) FROM plan_demand JOIN temp.t USING (period)) AS shortage,
         -(SELECT total(1.5 * s.quantity * b.d / 7 * u.f) FROM temp.ship AS s JOIN temp.t AS u ON u.n <= s.n AND u.b > date(
           (SELECT due_date FROM demand WHERE demand = s.demand)) JOIN temp.t AS b ON b.n = u.n - 1 WHERE s.late > 0) AS late,
         -(SELECT total(commitment_usd * f) FROM plan_demand JOIN temp.t USING (period)) AS commitment,
         -(SELECT total(shortfall_usd * f) FROM plan_start JOIN temp.t USING (period)) AS shortfall,
         -(SELECT total(substitution_usd * f) FROM plan_stock JOIN temp.t USING (period)) AS substitution,
         -(SELECT total(holding_usd * f) FROM plan_stock JOIN temp.t USING (period)) AS holding,
         -(SELECT total(power_usd * f) FROM plan_power JOIN temp.t USING (period)) AS power,
         -(SELECT total(charged_usd * f) FROM plan_purchase JOIN temp.t USING (period) WHERE event = 'order') AS capex,
         -(SELECT total(usd * f) FROM plan_purchase JOIN temp.t USING (period) WHERE event = 'removal') AS removal,
         1e6 AS end_value;
INSERT INTO plan (plan, name, plan_name, currency, policy, status, objective_usd, bound_usd, gap, row_residual, check_result, model_rows, model_columns,
  model_nonzeros, iterations, seconds_load, seconds_build, seconds_solve, seconds_check, seconds_store, created_utc, inputs_sha256, options,
  versions, discount_rate, end_value_frac, horizon_start, horizon_end, revenue_usd, cost_usd, shortage_usd, late_usd, commitment_usd,
  shortfall_usd, substitution_usd, holding_usd, power_usd, capex_usd, removal_usd, end_value_usd, profit_usd)
  SELECT 1, 'base', 'Fixture & sons', 'USD', 'profit', 'optimal', objective, objective * (1 + 1e-9), 1e-9, 3e-13, 'verified', 12345,
    23456, 345678, 4321,
         0.1, 0.2, 3.4, 0.5, 0.1, '2026-11-22T08:38:00', '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
         '{"policy":"profit","calm":0}', '{"fabplan":"0.1.0","glpk":"5.0"}', 0.1, 0.6, '2027-01-01', '2031-01-01', revenue, cost,
           shortage, late, commitment, shortfall,
         substitution, holding, power, capex, removal, end_value, revenue + cost + holding + power + capex + removal
  FROM (SELECT *, revenue + cost + shortage + late + commitment + shortfall + substitution + holding + power + capex + removal +
    end_value AS objective FROM temp.money);

-- A second plan with next to nothing: one period, one order, nothing made, shipped, bought or limited.
INSERT INTO plan_period VALUES (2, '2027-01', 1, '2027-01-01', '2027-02-01', 31, 1);
INSERT INTO plan_demand VALUES (2, 'ACME:CHIP1:2027-01', 'ACME', 'CHIP1', '2027-01', NULL, 10, 900, 0, 10, 0, 0, 0, 0, 0, NULL);
INSERT INTO plan (plan, name, plan_name, currency, policy, status, objective_usd, bound_usd, gap, row_residual, check_result, model_rows, model_columns,
  model_nonzeros, iterations, seconds_load, seconds_build, seconds_solve, seconds_check, seconds_store, created_utc, inputs_sha256, options,
  versions, discount_rate, end_value_frac, horizon_start, horizon_end, revenue_usd, cost_usd, shortage_usd, late_usd, commitment_usd,
  shortfall_usd, substitution_usd, holding_usd, power_usd, capex_usd, removal_usd, end_value_usd, profit_usd)
  SELECT 2, 'nothing', plan_name, currency, policy, status, 0, 0, 0, 0, check_result, 1, 1, 1, 0, 0, 0, 0, 0, 0, created_utc, inputs_sha256,
         options, versions, discount_rate, end_value_frac, '2027-01-01', '2027-02-01', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM plan WHERE plan = 1;
