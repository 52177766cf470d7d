/* The dates of a change: which rows lie inside, where it stands on its way, and rows split at borders (data-dictionary.md "Changes").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_WINDOW_H
#define FAB_CHANGE_WINDOW_H

#include "change_edit.h"

/* The days of a change: [from, to), of a ramp [from, end of time). */
struct fab_window {
    double from, to; /* days as date.h counts; -INFINITY, INFINITY: open */
    bool ramp;
};

/* The window of the change under way. */
struct fab_window fab_window_of(const struct fab_edit *edit, bool ramp);

bool fab_window_is_open(const struct fab_window *window);

/* True when a row's own date lies inside; always when the table has no dates. An empty date is the beginning of time. */
bool fab_window_has(const struct fab_window *window, const struct fab_edit_table *table, int row);

/* The part of a ramp's way, 0..1, for a row or thing dated on a day: that of the middle of the period which has the day. */
double fab_window_part(struct fab_edit *edit, const struct fab_window *window, double day);

/* Splits the matched rows in force over a border of the window, and of a ramp at every period's start in it; pieces are matched too. Where the
 * window begins before a key's first row, what holds there gets a row of its own. Amounts and points are left alone. FAB_NO_MEMORY.
 * O(rows log rows + pieces). */
fab_status fab_window_split(struct fab_edit *edit, struct fab_edit_table *table, const struct fab_window *window);

#endif
