/* A table in memory as a source of rows: what is no file becomes rows under the same rules, and with the same findings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TABLE_SOURCE_H
#define FAB_TABLE_SOURCE_H

#include <fabplan/table.h>

#include "row_source.h"

/* The source of a table's rows, of the database table that has its name. The table must outlive it and not change; its column names are the columns. The
 * rows count from line 2, as below the header of a file. `name` stands in messages. Nothing has to be closed. */
struct fab_row_source fab_table_source(const fab_table *table, const char *name);

#endif
