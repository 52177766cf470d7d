/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "difference_table.h"

#include "date.h"
#include "try.h"

static const char *const columns[] = {"table", "key", "column", "before", "after", "from", "to"};

enum { COLUMNS = sizeof columns / sizeof *columns };

fab_table *fab_difference_table_new(void)
{
    return fab_table_new("differences", columns, COLUMNS);
}

fab_status fab_difference_table_add(fab_context *context, fab_table *table, const struct fab_difference *difference)
{
    fab_status status = FAB_OK;
    char from[FAB_DATE_TEXT_SIZE], to[FAB_DATE_TEXT_SIZE];
    const char *texts[COLUMNS] = {difference->table,
                                  difference->key,
                                  difference->column,
                                  difference->before,
                                  difference->after,
                                  difference->from == FAB_DATE_NONE ? NULL : fab_date_print(difference->from, from),
                                  difference->to == FAB_DATE_NONE ? NULL : fab_date_print(difference->to, to)};
    fab_value *row = fab_table_add_row(table);
    TRY_MEMORY(context, row);
    for (int c = 0; c < COLUMNS; c++) {
        row[c] = fab_text(fab_table_keep(table, texts[c]));
        TRY_MEMORY(context, !texts[c] || row[c].type == FAB_TEXT);
    }
out:
    return status;
}
