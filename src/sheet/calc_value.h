/* Values of formulas, and matrices of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALC_VALUE_H
#define FAB_CALC_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

enum fab_calc_kind { FAB_CALC_EMPTY, FAB_CALC_NUMBER, FAB_CALC_LOGICAL, FAB_CALC_TEXT, FAB_CALC_ERROR };
enum fab_calc_error { FAB_CALC_DIV0, FAB_CALC_VALUE, FAB_CALC_REF, FAB_CALC_NAME, FAB_CALC_NUM, FAB_CALC_NA };

struct fab_calc {
    enum fab_calc_kind kind;
    union {
        double number; /* also of a logical value: 0 or 1 */
        const char *text;
        enum fab_calc_error error;
    };
};

/* Row by row; a single value without memory of its own. */
struct fab_matrix {
    int rows, columns;
    bool reference; /* cells of a sheet, not results: SUM and its like pass over their texts */
    struct fab_calc one;
    struct fab_calc *cells; /* NULL: one */
};

/* A formula while it is worked out. */
struct fab_calculation {
    const struct fab_calc_source *source;
    fab_arena *arena; /* of texts and matrices on the way */
    const char *text; /* what is left of the formula */
    int arrays;       /* how many SUMPRODUCT are open: ranges are taken value by value in them */
    int depth;
    bool memory_short;
};

struct fab_calc fab_calc_number(double number); /* #NUM! for what is not finite */
struct fab_calc fab_calc_logical(bool holds);
struct fab_calc fab_calc_text(const char *text);
struct fab_calc fab_calc_error(enum fab_calc_error error);

/* "#DIV/0!". */
const char *fab_calc_error_name(enum fab_calc_error error);

struct fab_matrix fab_matrix_one(struct fab_calc value);

/* An empty matrix; with memory short a single #VALUE!. */
struct fab_matrix fab_matrix_new(struct fab_calculation *calculation, int rows, int columns);

int fab_matrix_count(const struct fab_matrix *matrix);
const struct fab_calc *fab_matrix_get(const struct fab_matrix *matrix, int index);

/* The value at a row and column; one row, column or value goes for all. Beyond the matrix: #N/A. */
struct fab_calc fab_matrix_at(const struct fab_matrix *matrix, int row, int column);

/* As a number: nothing is 0, a logical value 0 or 1; a text is #VALUE!, an error itself. */
struct fab_calc fab_calc_to_number(struct fab_calc value);

/* As a text, in the arena: numbers with up to 15 digits, as General shows them. */
struct fab_calc fab_calc_to_text(struct fab_calculation *calculation, struct fab_calc value);

/* An operator: '+', '-', '*', '/', '^', '&', '=', '<', '>', 'l' (<=), 'g' (>=), 'n' (<>). Differences within the last digits are none, as in spreadsheets: sums
 * and differences that nearly cancel are 0, numbers that nearly agree are equal. Texts compare without regard to the case of a to z. */
struct fab_calc fab_calc_operate(struct fab_calculation *calculation, char operation, struct fab_calc left, struct fab_calc right);

/* < 0, 0, > 0; numbers before texts before logical values. Neither is an error. */
int fab_calc_compare(struct fab_calc left, struct fab_calc right);

#endif
