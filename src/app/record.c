/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <math.h>

static void append(struct record *record, const char *name, fab_value value)
{
    if (record->count == RECORD_COLUMNS)
        return; /* the table lacks the column then, which every test of it shows */
    record->name[record->count] = name;
    record->value[record->count++] = value;
}

void fab_record_real(struct record *record, const char *name, double value)
{
    append(record, name, isfinite(value) ? fab_real(value + 0.0) : (fab_value){.type = FAB_NULL}); /* + 0.0: no negative zero */
}

void fab_record_integer(struct record *record, const char *name, int64_t value)
{
    append(record, name, fab_integer(value));
}

void fab_record_text(struct record *record, const char *name, const char *text)
{
    append(record, name, fab_text(text));
}

void fab_record_date(struct record *record, const char *name, int32_t date)
{
    bool none = date == FAB_DATE_NONE || record->date_count == RECORD_DATES;
    append(record, name, fab_text(none ? NULL : fab_date_print(date, record->dates[record->date_count++])));
}

fab_status fab_record_add(fab_context *context, fab_table **table, const char *name, const struct record *record)
{
    if (!*table)
        *table = fab_table_new(name, record->name, record->count);
    fab_value *row = *table ? fab_table_add_row(*table) : NULL;
    if (!row)
        return fab_fail_memory(context);
    for (int c = 0; c < record->count && c < fab_table_columns(*table); c++) {
        row[c] = record->value[c];
        if (row[c].type != FAB_TEXT)
            continue;
        row[c] = fab_text(fab_table_keep(*table, record->value[c].text));
        if (row[c].type != FAB_TEXT)
            return fab_fail_memory(context);
    }
    return FAB_OK;
}
