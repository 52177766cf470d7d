,
  failing AS (
    SELECT name, sum(die) AS die, sum(excursion_die) AS excursion_die, sum(die) + sum(excursion_die) AS total
    FROM named_bin WHERE good = 0 GROUP BY name),
  ranked AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY total DESC, name) AS place, sum(total) OVER () AS every,
           sum(total) OVER (ORDER BY total DESC, name ROWS UNBOUNDED PRECEDING) AS up_to_here, sum(die) OVER () AS every_die,
           sum(excursion_die) OVER () AS every_excursion_die
    FROM failing)
-- Failing bins of all products: die, share, cumulative share; their shares in excursions beside those in other lots.
SELECT place, name, total, die, excursion_die,
       iif(every_die > 0, '={die}/{sum:yield_bins.die}', NULL) AS usual_formula,
       iif(every_excursion_die > 0, '={excursion_die}/{sum:yield_bins.excursion_die}', NULL) AS in_excursions_formula,
       iif(die > 0 AND every_excursion_die > 0, '={in_excursions}/{usual}', NULL) AS times_formula,
       (SELECT name || ': ' || printf('%.0f', 100.0 * total / every) || ' % of the failing die; first three bins: '
               || printf('%.0f', 100.0 * (SELECT max(up_to_here) FROM ranked WHERE place <= 3) / every) || ' %' FROM ranked
                 WHERE place = 1)
         AS chart_title
FROM ranked
ORDER BY place
