-- When tools are paid for, and why a tool is down.
ALTER TABLE tool_group ADD COLUMN payment TEXT CHECK (length(payment) BETWEEN 1 AND 4000); -- shares of the price at days from delivery, such as 0.3@-365;0.6@0;0.1@90; empty: all on the order's date
ALTER TABLE tool_event ADD COLUMN cause TEXT CHECK (length(cause) BETWEEN 1 AND 4000); -- why it is down, empty: the state's name

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
