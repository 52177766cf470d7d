/* Rows made of named values, so that a row of many columns is written where its values are known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RECORD_H
#define FAB_RECORD_H

#include <fabplan/table.h>

#include "date.h"

enum { FAB_RECORD_COLUMNS = 80, FAB_RECORD_DATES = 6 };

/* Zeroed is empty. Names and texts are borrowed until the record is added. */
struct fab_record {
    const char *name[FAB_RECORD_COLUMNS];
    fab_value value[FAB_RECORD_COLUMNS];
    int count;
    char dates[FAB_RECORD_DATES][FAB_DATE_TEXT_SIZE];
    int date_count;
};

/* Each appends a column. A number that is not finite and a NULL text are NULL. */
void fab_record_real(struct fab_record *record, const char *name, double value);
void fab_record_integer(struct fab_record *record, const char *name, int64_t value);
void fab_record_text(struct fab_record *record, const char *name, const char *text);
void fab_record_date(struct fab_record *record, const char *name, int32_t date); /* at most FAB_RECORD_DATES; FAB_DATE_NONE is NULL */

/* Adds the record as a row, making the table (*table NULL) of that name with the first one; later ones have the same columns. */
fab_status fab_record_add(fab_context *context, fab_table **table, const char *name, const struct fab_record *record);

#endif
