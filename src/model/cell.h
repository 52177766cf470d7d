/* The text of one cell against its column of the data dictionary.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CELL_H
#define FAB_CELL_H

#include "date.h"
#include "dictionary.h"

#include <stdint.h>

enum {
    FAB_PROBLEM_SIZE = 1024,   /* bytes of a message about a cell */
    FAB_SHOWN_CHARACTERS = 60, /* of a value in a message */
    FAB_SHOWN_SIZE = 4 * FAB_SHOWN_CHARACTERS + 8,
    FAB_CELL_TEXT_SIZE = 24 /* a date or time in canonical form */
};

struct fab_cell {
    enum { FAB_CELL_EMPTY, FAB_CELL_REAL, FAB_CELL_INTEGER, FAB_CELL_TEXT } type;
    double real;
    int64_t integer;
    const char *text; /* in the text that was read, or in canonical */
    size_t length;
    char canonical[FAB_CELL_TEXT_SIZE];
    const char *remark; /* "should ...": what of the text was left out; NULL: nothing */
};

/* The text of a cell of a file for spreadsheets without the ' that stands before = + - @ tab CR or ' (csv_text.h), where the column has texts. */
const char *fab_cell_unmark(const struct fab_column *column, const char *text);

/* Reads a cell of `length` bytes, behind which a NUL stands. False when it breaks a rule of the column; problem then says "COLUMN is VALUE,
 * must RULE (HINT)". column NULL: free text (basis, note). */
bool fab_cell_read(const struct fab_column *column, const char *text, size_t length, struct fab_cell *cell, char problem[FAB_PROBLEM_SIZE]);

/* The same for the value of a setting. */
bool fab_setting_read(const struct fab_setting_def *setting, const char *text, size_t length, char problem[FAB_PROBLEM_SIZE]);

#endif
