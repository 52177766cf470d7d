-- The yield that D0 and alpha give back: the chances of 0, 1, ... repairable defects of a die added up (negative binomial).
,
  counted(source, k, alpha, rate, chance, yield) AS (
    SELECT source, 0, alpha, area_cm2 * d0_per_cm2 / (area_cm2 * d0_per_cm2 + alpha), pow(1 + area_cm2 * d0_per_cm2 / alpha, -alpha),
           pow(1 + area_cm2 * d0_per_cm2 / alpha, -alpha)
    FROM yield_estimate WHERE snapshot = :snapshot AND area_cm2 > 0 AND d0_per_cm2 IS NOT NULL AND alpha > 0
    UNION ALL
    SELECT c.source, c.k + 1, c.alpha, c.rate, c.chance * (c.k + c.alpha) / (c.k + 1) * c.rate,
           c.yield + c.chance * (c.k + c.alpha) / (c.k + 1) * c.rate
    FROM counted AS c JOIN yield_estimate AS e ON e.snapshot = :snapshot AND e.source = c.source WHERE c.k < e.repairable)
-- Each product: defect density and clustering of the level, with limits, and the yield that they give back.
SELECT p.label, p.line, e.process, e.area_cm2, e.repairable, e.d0_per_cm2, e.d0_low, e.d0_high, e.alpha, e.alpha_low, e.alpha_high,
       c.yield AS given_back,
       CASE WHEN c.yield IS NULL THEN NULL WHEN e.repairable = 0 THEN '=(1+{area_cm2}*{d0_per_cm2}/{alpha})^(-{alpha})'
            ELSE '=BETADIST({alpha}/({alpha}+{area_cm2}*{d0_per_cm2}),{alpha},{repairable}+1)' END AS given_back_formula,
       e.wafer_mean, e.wafer_rho, e.lot_rho, e.understated
FROM yield_estimate AS e JOIN product AS p ON p.source = e.source
LEFT JOIN counted AS c ON c.source = e.source AND c.k = e.repairable
WHERE e.snapshot = :snapshot
ORDER BY p.line, e.source
