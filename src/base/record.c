/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "try.h"

#include <math.h>

static void append(struct fab_record *record, const char *name, fab_value value)
{
    if (record->count == FAB_RECORD_COLUMNS)
        return; /* the table lacks the column then, which every test of it shows */
    record->name[record->count] = name;
    record->value[record->count++] = value;
}

void fab_record_real(struct fab_record *record, const char *name, double value)
{
    append(record, name, isfinite(value) ? fab_real(value + 0.0) : (fab_value){.type = FAB_NULL}); /* + 0.0: no negative zero */
}

void fab_record_integer(struct fab_record *record, const char *name, int64_t value)
{
    append(record, name, fab_integer(value));
}

void fab_record_text(struct fab_record *record, const char *name, const char *text)
{
    append(record, name, fab_text(text));
}

void fab_record_date(struct fab_record *record, const char *name, int32_t date)
{
    bool none = date == FAB_DATE_NONE || record->date_count == FAB_RECORD_DATES;
    append(record, name, fab_text(none ? NULL : fab_date_print(date, record->dates[record->date_count++])));
}

/* A copy of the value whose text the table keeps; false when memory is short. */
static bool keep_value(fab_table *table, const fab_value *value, fab_value *kept)
{
    *kept = value->type == FAB_TEXT ? fab_text(fab_table_keep(table, value->text)) : *value;
    return kept->type == value->type;
}

fab_status fab_record_add(fab_context *context, fab_table **table, const char *name, const struct fab_record *record)
{
    fab_status status = FAB_OK;
    fab_value *row;
    if (!*table)
        TRY_MEMORY(context, *table = fab_table_new(name, record->name, record->count));
    TRY_MEMORY(context, row = fab_table_add_row(*table));
    for (int c = 0; c < record->count && c < fab_table_columns(*table); c++)
        TRY_MEMORY(context, keep_value(*table, &record->value[c], &row[c]));
out:
    return status;
}
