-- Each product: defect density and clustering of the level, with limits, and the yield that they give back: the chance of no more defects than can be repaired
-- (negative binomial).
SELECT p.label, p.line, e.process, e.area_cm2, e.repairable, e.d0_per_cm2, e.d0_low, e.d0_high, e.alpha, e.alpha_low, e.alpha_high,
       CASE WHEN NOT coalesce(e.area_cm2 > 0 AND e.d0_per_cm2 IS NOT NULL AND e.alpha > 0, 0) THEN NULL WHEN e.repairable = 0 THEN '=(1+{area_cm2}*{d0_per_cm2}/{alpha})^(-{alpha})'
            ELSE '=BETADIST({alpha}/({alpha}+{area_cm2}*{d0_per_cm2}),{alpha},{repairable}+1)' END AS given_back_formula,
       e.wafer_mean, e.wafer_rho, e.lot_rho, e.understated
FROM yield_estimate AS e JOIN product AS p ON p.source = e.source
WHERE e.snapshot = :snapshot
ORDER BY p.line, e.source
