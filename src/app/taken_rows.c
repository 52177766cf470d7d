/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "taken_rows.h"

#include "try.h"

static const char *const columns[] = {"plan", "number", "kind", "key", "begin_day", "end_day", "quantity", "usd", "progress", "lead_days", "good_units", "start_date", "held", "done"};

enum { PLAN, NUMBER, KIND, KEY, BEGIN, END, QUANTITY, USD, PROGRESS, LEAD, GOOD, START, HELD, DONE, COLUMN_COUNT };

static bool put_text(fab_table *table, fab_value *value, const char *text)
{
    *value = fab_text(text ? fab_table_keep(table, text) : NULL);
    return !text || value->type == FAB_TEXT;
}

static bool add_row(fab_table *table, const struct fab_taken_row *taken, int64_t plan, int64_t number)
{
    char date[FAB_DATE_TEXT_SIZE];
    bool started = taken->kind >= FAB_TAKEN_STARTS;
    fab_value *row = fab_table_add_row(table);
    if (!row)
        return false;
    row[PLAN] = fab_integer(plan);
    row[NUMBER] = fab_integer(number);
    row[KIND] = fab_text(fab_taken_name(taken->kind));
    row[BEGIN] = fab_real(taken->begin);
    row[END] = fab_real(taken->end);
    row[QUANTITY] = fab_real(taken->quantity);
    row[USD] = fab_real(taken->usd);
    row[PROGRESS] = fab_real(taken->progress);
    row[LEAD] = fab_real(taken->lead_days);
    row[GOOD] = fab_real(taken->good_units);
    row[HELD] = fab_integer(taken->held);
    return put_text(table, &row[KEY], taken->key) && put_text(table, &row[DONE], taken->done) && put_text(table, &row[START], started ? fab_date_print(taken->start_date, date) : NULL);
}

fab_table *fab_taken_table(const struct fab_taken *taken, const fab_model *model, int64_t number)
{
    fab_table *table = fab_table_new("plan_taken", columns, COLUMN_COUNT);
    int64_t rows = 0;
    for (int r = 0; table && taken && r < taken->count; r++)
        if (fab_taken_holds(taken, model, taken->row[r].kind) && !add_row(table, &taken->row[r], number, ++rows)) {
            fab_table_free(table);
            table = NULL;
        }
    return table;
}

static const char *text_at(const fab_table *rows, int r, int column)
{
    const fab_value *value = fab_table_get(rows, r, column);
    return value->type == FAB_TEXT ? value->text : NULL;
}

static bool read_row(const fab_table *rows, int r, struct fab_taken_row *row)
{
    const char *why, *kind = text_at(rows, r, KIND), *start = text_at(rows, r, START);
    *row = (struct fab_taken_row){.kind = fab_taken_find(kind ? kind : ""),
                                  .key = text_at(rows, r, KEY),
                                  .begin = fab_value_number(fab_table_get(rows, r, BEGIN)),
                                  .end = fab_value_number(fab_table_get(rows, r, END)),
                                  .quantity = fab_value_number(fab_table_get(rows, r, QUANTITY)),
                                  .usd = fab_value_number(fab_table_get(rows, r, USD)),
                                  .progress = fab_value_number(fab_table_get(rows, r, PROGRESS)),
                                  .lead_days = fab_value_number(fab_table_get(rows, r, LEAD)),
                                  .good_units = fab_value_number(fab_table_get(rows, r, GOOD)),
                                  .held = fab_table_get(rows, r, HELD)->integer != 0,
                                  .done = text_at(rows, r, DONE)};
    return row->kind != FAB_TAKEN_KINDS && row->key && (!start || fab_date_parse(start, &row->start_date, &why));
}

fab_status fab_taken_of_plan(fab_context *context, fab *handle, int64_t number, int64_t from_plan, int32_t date, struct fab_taken **result)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    struct fab_taken *taken = NULL;
    TRY_MEMORY(context, taken = fab_taken_new(from_plan, date));
    TRY(fab_select_plan(context, handle, "plan_taken", number, &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        struct fab_taken_row row;
        if (!read_row(rows, r, &row))
            TRY(fab_fail(context, FAB_DATABASE, "plan %lld: row %d of what it has taken over cannot be read", (long long)number, r + 1));
        TRY_MEMORY(context, fab_taken_add(taken, &row));
    }
    *result = taken;
    taken = NULL;
out:
    fab_table_free(rows);
    fab_taken_free(taken);
    return status;
}
