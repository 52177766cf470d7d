/* Where a book takes its definitions and its rows from. The room knows no database: the caller runs the SELECTs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SOURCE_H
#define FAB_SOURCE_H

#include <fabplan/context.h>
#include <fabplan/table.h>

/* Runs one SELECT with its parameters bound and gives its rows; origin ("allocation.sql") is for messages. The caller of the callback
 * frees *result. */
typedef fab_status fab_book_select(void *user, const char *sql, const char *origin, fab_table **result);

/* An input table, for definitions that say `tables input`. */
struct fab_input_table {
    const char *name;  /* "bom" */
    const char *title; /* "bills of material" */
    const char *key;   /* the columns that sort its rows, as in ORDER BY: "item, component" */
};

struct fab_book_source {
    const char *reports_folder;           /* replaces and adds definitions; NULL: none */
    const struct fab_input_table *tables; /* in the order of their sheets */
    int table_count;
    fab_book_select *select;
    void *user; /* passed to select */
};

#endif
