/* The functions of formulas, by what they are about. Each takes its arguments and gives one value.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALC_FUNCTIONS_H
#define FAB_CALC_FUNCTIONS_H

#include "calc_value.h"

typedef struct fab_calc fab_calc_function(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count);

/* calc_math.c */
fab_calc_function fab_calc_sum, fab_calc_sumproduct, fab_calc_subtotal, fab_calc_max, fab_calc_min, fab_calc_abs, fab_calc_round, fab_calc_betadist;
/* calc_logic.c */
fab_calc_function fab_calc_if, fab_calc_iferror, fab_calc_and, fab_calc_or, fab_calc_rept, fab_calc_text_function, fab_calc_date, fab_calc_year;
/* calc_lookup.c */
fab_calc_function fab_calc_sumif, fab_calc_sumifs, fab_calc_countifs, fab_calc_index, fab_calc_match;
/* calc_finance.c */
fab_calc_function fab_calc_npv, fab_calc_irr;

/* The argument as one number; a matrix of several cells is #VALUE!. */
struct fab_calc fab_calc_argument_number(const struct fab_matrix *argument);

/* Calls `take` with every number of the arguments: of ranges those that are numbers, of other arguments what they come to. The first error,
 * else FAB_CALC_EMPTY. */
struct fab_calc fab_calc_each_number(const struct fab_matrix *arguments, int count, void (*take)(void *user, double number), void *user);

#endif
