/* Rows of what a history measured, and the changes that they make.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MEASURED_ROWS_H
#define FAB_MEASURED_ROWS_H

#include "change.h"
#include "fab.h"
#include "sha256.h"

enum { FAB_MEASURED_NAMES_SIZE = 400 };

struct fab_measured_rows {
    fab_context *context;
    const fab_model *model;
    const fab_table *rows;
    struct fab_change_list *list; /* grows */
    unsigned set;                 /* all that is taken as measured, as fab_measured_read gives it */
    int kept, named;              /* rows whose planned value stays, and how many of them are in the names */
    char names[FAB_MEASURED_NAMES_SIZE]; /* of the first of them, with the reason */
};

/* A cell by the name of its column: "" and NAN where there is none. An integer is given as the text of its number. */
const char *fab_measured_text(const struct fab_measured_rows *rows, int row, const char *column);
double fab_measured_number(const struct fab_measured_rows *rows, int row, const char *column);

/* Appends a change of the row with the key (ends with NULL): sets a column (NAN: empties it), deletes the row, or inserts a stop by time with the key {tool group, cause}. FAB_NO_MEMORY. */
fab_status fab_measured_set(struct fab_measured_rows *rows, const char *table, const char *const key[], const char *column, double value);
fab_status fab_measured_delete(struct fab_measured_rows *rows, const char *table, const char *const key[]);
fab_status fab_measured_insert_stop(struct fab_measured_rows *rows, const char *const key[], double hours_between, double hours);

/* Notes that the row with the key first/second keeps its planned value, and says at the end which do, as one warning. */
fab_status fab_measured_keep(struct fab_measured_rows *rows, const char *first, const char *second, const char *why);
void fab_measured_say_kept(const struct fab_measured_rows *rows, const char *what);

/* SHA-256 of the columns (up to `count`, or to the first NULL) of every row: texts as they are, numbers with 17 digits. */
fab_status fab_measured_hash(const struct fab_measured_rows *rows, const char *const columns[], int count, char hash[FAB_SHA256_HEX_SIZE]);

#endif
