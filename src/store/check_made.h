/* Cross-checks that the data dictionary makes for every table it says something about.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHECK_MADE_H
#define FAB_CHECK_MADE_H

#include "dictionary.h"

/* A check of this name, and its SELECT for a table, with the columns of every check (checks.h): NULL for a table that it does not concern.
 * The caller frees it (sqlite3_free). */
struct fab_made_check {
    const char *name;
    bool (*concerns)(const struct fab_table_def *def);
    char *(*make)(const struct fab_table_def *def); /* NULL: memory is short */
};

/* dated: rows that hold at no period's start. unread: columns with values that no plan reads. */
extern const struct fab_made_check fab_made_checks[];
extern const int fab_made_check_count;

#endif
