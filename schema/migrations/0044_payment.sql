-- When tools are paid for, and why a tool is down.
-- `basis` and `note` stand behind all other columns.
ALTER TABLE tool_group RENAME COLUMN basis TO old_basis;
ALTER TABLE tool_group RENAME COLUMN note TO old_note;
ALTER TABLE tool_group ADD COLUMN payment TEXT CHECK (length(payment) BETWEEN 1 AND 4000); -- shares of the price at days from delivery, such as 0.3@-365;0.6@0;0.1@90; empty: all on the order's date
ALTER TABLE tool_group ADD COLUMN basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000);
ALTER TABLE tool_group ADD COLUMN note TEXT CHECK (length(note) BETWEEN 1 AND 4000);
UPDATE tool_group SET basis = old_basis, note = old_note;
ALTER TABLE tool_group DROP COLUMN old_basis;
ALTER TABLE tool_group DROP COLUMN old_note;
DROP VIEW history_mark; -- reads basis
ALTER TABLE tool_event RENAME COLUMN basis TO old_basis;
ALTER TABLE tool_event RENAME COLUMN note TO old_note;
ALTER TABLE tool_event ADD COLUMN cause TEXT CHECK (length(cause) BETWEEN 1 AND 4000); -- why it is down, empty: the state's name
ALTER TABLE tool_event ADD COLUMN basis TEXT CHECK (length(basis) BETWEEN 1 AND 4000);
ALTER TABLE tool_event ADD COLUMN note TEXT CHECK (length(note) BETWEEN 1 AND 4000);
UPDATE tool_event SET basis = old_basis, note = old_note;
ALTER TABLE tool_event DROP COLUMN old_basis;
ALTER TABLE tool_event DROP COLUMN old_note;
CREATE VIEW history_mark AS
SELECT EXISTS (SELECT 1 FROM lot WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM tool_event WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM wafer WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM wafer_test WHERE basis LIKE '%simulated%')
    OR EXISTS (SELECT 1 FROM lot_event WHERE basis LIKE '%simulated%') AS simulated;

-- The parts of `payment`: share of the price, days from delivery; what is no number is for the check to find.
CREATE VIEW tool_payment AS
WITH RECURSIVE piece(tool_group, number, text, rest) AS (
  SELECT tool_group, 0, NULL, payment || ';' FROM tool_group WHERE payment IS NOT NULL
  UNION ALL
  SELECT tool_group, number + 1, trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1) FROM piece WHERE instr(rest, ';') > 0
)
SELECT tool_group, number, text, trim(substr(text, 1, instr(text, '@') - 1)) AS share_text, trim(substr(text, instr(text, '@') + 1)) AS days_text,
       CAST(trim(substr(text, 1, instr(text, '@') - 1)) AS REAL) AS share, CAST(trim(substr(text, instr(text, '@') + 1)) AS REAL) AS days
FROM piece WHERE number > 0 AND text <> '';
