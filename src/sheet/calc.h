/* What a formula comes to: the functions that sheets may use, worked out here, so that the value kept in a cell is made of the formula that
 * stands in it and of nothing else.
 *
 *   operators   + - * / ^ & = <> < > <= >= and %, with the precedence of spreadsheets (-2^2 is 4, 2^3^2 is 64)
 *   references  A1, $A$1, A1:B9, 'Sheet'!A1:B9, t_name[Header] (the rows of a column of a table)
 *   functions   those of fab_calc_function_name
 *
 * Outside of SUMPRODUCT an operator takes single cells: a range there is #VALUE!. Dates are serial numbers (numbers.h). IRR is found by
 * bisection. Sources: ECMA-376 part 1, 18.17 (grammar and functions); OpenFormula 1.2 (criteria, errors).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALC_H
#define FAB_CALC_H

#include "calc_value.h"

/* A rectangle of cells of a sheet, rows and columns from 0. */
struct fab_area {
    const char *sheet; /* NULL: of the formula's own */
    int first_row, first_column, last_row, last_column;
};

/* Where a formula finds the cells that it names. */
struct fab_calc_source {
    void *user;
    /* Sets the cells of an area, row by row; false: there is none (#REF!). */
    bool (*read)(void *user, const struct fab_area *area, struct fab_calc *cells);
    /* Finds the rows of a table's column; false: there is none (#REF!). */
    bool (*find)(void *user, const char *table, const char *header, struct fab_area *area);
};

/* The name of a function by its index from 0; NULL after the last one. */
const char *fab_calc_function_name(int index);

/* Works out a formula that starts with '='. Texts of the result are the arena's or the source's. False: memory is short. What is no
 * formula is #NAME?. O(length + cells read). */
bool fab_calc_evaluate(fab_arena *arena, const struct fab_calc_source *source, const char *formula, struct fab_calc *result);

#endif
