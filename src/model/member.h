/* One member of a row of the model, by its column of the data dictionary.
 *
 * A number is a double here whatever it is in the struct: of a date the day, NAN when the cell is empty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MEMBER_H
#define FAB_MEMBER_H

#include "dictionary.h"

#include <stdbool.h>

/* What a member is held as. */
bool fab_member_is_text(const struct fab_column *column);   /* const char * */
bool fab_member_is_number(const struct fab_column *column); /* REAL, INT, FLAG */

/* The text of a row's member, NULL when empty. */
const char *fab_member_text(const struct fab_column *column, const void *row);
void fab_member_put_text(const struct fab_column *column, void *row, const char *text);

/* The number of a number or date. What is put is in the range of the column; NAN empties it: the default, if there is one. */
double fab_member_number(const struct fab_column *column, const void *row);
void fab_member_put_number(const struct fab_column *column, void *row, double number);

/* The index of a REF, FAB_NONE when empty. */
int fab_member_reference(const struct fab_column *column, const void *row);
void fab_member_put_reference(const struct fab_column *column, void *row, int index);

/* -1, 0, 1 in the order in which the rows of a table are sorted (column by column). References compare by their indices. */
int fab_member_compare(const struct fab_column *column, const void *left, const void *right);

#endif
