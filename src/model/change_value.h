/* The value of a change, and what set, scale and add make of a member of a row.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_VALUE_H
#define FAB_CHANGE_VALUE_H

#include "cell.h"
#include "change_edit.h"

/* A number, or of a ramp the two that it runs between. */
struct fab_operand {
    bool ramp;
    double value, last; /* equal without a ramp */
};

/* Reads the value of the change under way as a number, for scale also "1..1.8". False with a finding. */
bool fab_value_read_operand(struct fab_edit *edit, struct fab_operand *operand);

/* The operand at a part (0..1) of its way. */
double fab_value_at(const struct fab_operand *operand, double part);

/* Puts a text, read by the rules of the column, into a row: "" empties it. *changed tells whether the row is another now. False, with a finding about
 * `field`, when the column does not take it. *status gets FAB_NO_MEMORY. */
bool fab_value_put(struct fab_edit *edit, const struct fab_column *column, void *row, const char *text, fab_change_field field, bool *changed,
                   fab_status *status);

/* Puts the sum or product of a row's number and an operand; an empty cell without a default stays empty. The range is looked at when all
 * changes are done; false, with a finding, when a whole number would no longer be one. */
bool fab_value_compute(struct fab_edit *edit, const struct fab_column *column, void *row, double number, bool *changed);

#endif
