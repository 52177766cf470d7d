-- Each product: the learning curve of D0 by process-out date, with limits.
SELECT p.label, p.line, e.systematic_yield, e.curve_start, e.curve_d0_start, e.curve_d0_start_low, e.curve_d0_start_high,
       e.curve_d0_mature,
       e.curve_d0_mature_low, e.curve_d0_mature_high, e.halflife_days, e.halflife_low, e.halflife_high, e.curve_rho, e.curve_verdict
FROM yield_estimate AS e JOIN product AS p ON p.source = e.source
WHERE e.snapshot = :snapshot
ORDER BY p.line, e.source
