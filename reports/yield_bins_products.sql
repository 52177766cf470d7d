,
  summed AS (
    SELECT source, label, bin, name, good, die, excursion_die, die + excursion_die AS total,
           sum(die + excursion_die) OVER (PARTITION BY source) AS tested,
           sum(CASE WHEN good = 0 THEN die + excursion_die ELSE 0 END) OVER (PARTITION BY source) AS failing,
           sum(CASE WHEN good = 0 THEN die + excursion_die ELSE 0 END)
             OVER (PARTITION BY source ORDER BY good, die + excursion_die DESC, bin ROWS UNBOUNDED PRECEDING) AS up_to_here
    FROM named_bin)
-- Product x bin: failing bins first, by die; share of the tested die, cumulative share of the failing die; then the good bins.
SELECT label, bin, name, iif(good, 'good', 'fails') AS kind, total, tested, '={total}/{tested}' AS share_formula,
       CASE WHEN good = 0 AND failing > 0 THEN 1.0 * up_to_here / failing END AS cumulative, excursion_die
FROM summed
ORDER BY source, good, total DESC, bin
