-- What stops of each cause take of the time of tool groups.
-- parameters: :plan the plan
-- columns: tool_group, period, cause, per (hours: of the time in which tools cannot run; units: of the hours that they are loaded with), hours
SELECT d.tool_group, d.period, d.cause, d.per, d.hours
FROM plan_down AS d
JOIN plan_period AS p ON p.plan = d.plan AND p.period = d.period
WHERE d.plan = :plan
ORDER BY d.tool_group, p.number, d.hours DESC, d.cause;
