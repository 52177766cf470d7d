/* Rows of a drawn fab: cells that say what they are, one CSV file a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SYNTH_ROW_H
#define FAB_SYNTH_ROW_H

#include <fabplan/context.h>

#include "arena.h"
#include "table_file.h"

enum synth_table {
    SYNTH_T_SITE, SYNTH_T_LINE, SYNTH_T_CALENDAR, SYNTH_T_TOOL_GROUP, SYNTH_T_TOOL_DELIVERY_LIMIT, SYNTH_T_TOOL_ALTERNATE, SYNTH_T_ROUTE, SYNTH_T_CYCLE_TIME, SYNTH_T_ROUTE_STEP,
    SYNTH_T_ITEM, SYNTH_T_STOCK, SYNTH_T_RECEIPT, SYNTH_T_BOM, SYNTH_T_SUBSTITUTE, SYNTH_T_PROCESS, SYNTH_T_DIE, SYNTH_T_SOURCE, SYNTH_T_SOURCE_COST, SYNTH_T_SOURCE_LIMIT,
    SYNTH_T_SOURCE_OUTPUT, SYNTH_T_SOURCE_YIELD, SYNTH_T_LINE_LIMIT, SYNTH_T_DEPENDENCY, SYNTH_T_CUSTOMER, SYNTH_T_DEMAND, SYNTH_T_SHIPMENT_LIMIT, SYNTH_T_POWER_LIMIT,
    SYNTH_T_CAPEX_BUDGET, SYNTH_T_SETTING, SYNTH_TABLES
};

struct synth_cell {
    enum { SYNTH_END, SYNTH_EMPTY, SYNTH_TEXT, SYNTH_NUMBER, SYNTH_DAY } kind;
    int digits; /* behind the point */
    const char *text;
    int64_t number;
};

static inline struct synth_cell synth_text(const char *text)
{
    return (struct synth_cell){.kind = text ? SYNTH_TEXT : SYNTH_EMPTY, .text = text};
}

/* number x 10^-digits. */
static inline struct synth_cell synth_decimal(int64_t number, int digits)
{
    return (struct synth_cell){.kind = SYNTH_NUMBER, .digits = digits, .number = number};
}

static inline struct synth_cell synth_whole(int64_t number)
{
    return synth_decimal(number, 0);
}

/* Empty where the number is negative. */
static inline struct synth_cell synth_given(int64_t number, int digits)
{
    return number < 0 ? (struct synth_cell){.kind = SYNTH_EMPTY} : synth_decimal(number, digits);
}

static inline struct synth_cell synth_day(int32_t day)
{
    return (struct synth_cell){.kind = SYNTH_DAY, .number = day};
}

struct synth_rows {
    fab_table_file file[SYNTH_TABLES];
    const char *basis;
};

/* The name of a table. */
const char *synth_table_name(enum synth_table table);

/* One file a table in the folder, with the columns that drawn fabs use; `basis` ends every row and must live as long. */
fab_status synth_rows_open(fab_context *context, struct synth_rows *rows, const char *folder, const char *basis);

/* A row; cells end with SYNTH_END. A failed write shows in synth_rows_close. */
void synth_put(struct synth_rows *rows, enum synth_table table, const struct synth_cell cells[]);
#define SYNTH_PUT(synth, table, ...) synth_put(&(synth)->rows, table, (const struct synth_cell[]){__VA_ARGS__, {.kind = SYNTH_END}})

fab_status synth_rows_close(fab_context *context, struct synth_rows *rows);
void synth_rows_free(struct synth_rows *rows);

#endif
