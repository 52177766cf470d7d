/* Reading a solved plan: values of decisions, and values of limits in money of the day.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_VIEW_H
#define FAB_VIEW_H

#include "plan.h"

/* Value of a column; 0 for FAB_NONE and for what is only rounding of 0. */
double fab_view_column(const fab_plan *plan, int column);

/* What the objective gains from one more unit of a row's limit, in money of the period (discount taken out); 0 for FAB_NONE. */
double fab_view_row(const fab_plan *plan, int row, int period);

/* What the objective gains from one more unit of a column's limit, in money of the period: > 0 at its upper limit; < 0 for what one forced unit would lose. */
double fab_view_reduced(const fab_plan *plan, int column, int period);

/* Value of one more unit of an item in a period: what the next unit costs or would earn. */
double fab_view_unit_value(const fab_plan *plan, int item, int period);

/* Tools of a group in a period: installed, ordered and delivered, less removed. */
double fab_view_tools(const fab_plan *plan, int tool_group, int period);

/* Starts missing from the promised minimum of a source (the highest of its limits in force), and the penalties paid for all of them. */
double fab_view_missing_starts(const fab_plan *plan, int source, int period, double *penalty_usd);

/* A table of the plan being filled: rows start with the plan's number. */
struct fab_writer {
    const fab_plan *plan;
    int64_t number;
    fab_table *table;
    fab_value *row;
    int next;
    bool failed; /* memory was short */
};

/* Starts a table with columns named in one string, separated by blanks ("plan" comes first by itself). */
struct fab_writer fab_writer_begin(const fab_plan *plan, int64_t number, const char *table, const char *columns);
void fab_writer_row(struct fab_writer *writer);
void fab_writer_real(struct fab_writer *writer, double value); /* NAN is NULL */
void fab_writer_text(struct fab_writer *writer, const char *text); /* borrowed, NULL allowed */
void fab_writer_copy(struct fab_writer *writer, const char *text); /* of a text that does not live as long as the table */
void fab_writer_date(struct fab_writer *writer, int32_t date);
void fab_writer_integer(struct fab_writer *writer, int64_t value);

/* The finished table; NULL, with everything freed, when memory was short on the way. */
fab_table *fab_writer_end(struct fab_writer *writer);

/* A function that makes one table; NULL when memory is short. */
typedef fab_table *fab_table_maker(const fab_plan *plan, int64_t number);

fab_table_maker fab_table_periods, fab_table_starts, fab_table_lines, fab_table_stock, fab_table_substitutions;                       /* supply */
fab_table_maker fab_table_capacity, fab_table_offloads, fab_table_purchases, fab_table_deliveries, fab_table_budget, fab_table_power; /* tools */
fab_table_maker fab_table_demands, fab_table_shipments, fab_table_shipment_limits, fab_table_promises;                                /* demand */
fab_table_maker fab_table_shortages;                                                                                                  /* why */
fab_table_maker fab_table_columns_of, fab_table_rows_of;                                                                              /* certificate */

#endif
