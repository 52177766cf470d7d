/* The frozen model from the tables, by the offsets of the data dictionary.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct loader {
    fab_context *context;
    fab_store *store;
    fab_model *model;
};

static fab_status damaged(struct loader *loader, const struct fab_table_def *def, const char *what)
{
    return fab_fail(loader->context, FAB_DATABASE, "%s: damaged: table %s: %s", loader->store->path, def->name, what);
}

static fab_status load_text(struct loader *loader, sqlite3_stmt *statement, int c, const char **place)
{
    bool empty = sqlite3_column_type(statement, c) == SQLITE_NULL;
    const char *text = (const char *)sqlite3_column_text(statement, c);
    *place = text ? fab_arena_dup(loader->model->arena, text) : NULL;
    return !empty && !*place ? fab_fail_memory(loader->context) : FAB_OK;
}

static fab_status load_reference(struct loader *loader, const struct fab_table_def *def, sqlite3_stmt *statement, int c, int *place)
{
    const char *text = (const char *)sqlite3_column_text(statement, c);
    *place = text ? fab_model_find_row(loader->model, fab_dictionary_find(def->columns[c].ref), text) : FAB_NONE;
    return text && *place == FAB_NONE ? damaged(loader, def, "names a row that does not exist") : FAB_OK;
}

static fab_status load_date(struct loader *loader, const struct fab_table_def *def, sqlite3_stmt *statement, int c, int32_t *place)
{
    const char *text = (const char *)sqlite3_column_text(statement, c);
    const char *why;
    *place = FAB_DATE_NONE;
    return text && !fab_date_parse(text, place, &why) ? damaged(loader, def, "a date is no date") : FAB_OK;
}

/* An empty cell takes the default; a flag without one is an int that can say so. */
static fab_status load_cell(struct loader *loader, const struct fab_table_def *def, sqlite3_stmt *statement, int c, char *record)
{
    const struct fab_column *column = &def->columns[c];
    void *place = record + column->offset;
    bool empty = sqlite3_column_type(statement, c) == SQLITE_NULL;
    switch (column->type) {
    case FAB_COLUMN_ID:
    case FAB_COLUMN_TEXT:
    case FAB_COLUMN_CHOICE: return load_text(loader, statement, c, place);
    case FAB_COLUMN_REF: return load_reference(loader, def, statement, c, place);
    case FAB_COLUMN_DATE: return load_date(loader, def, statement, c, place);
    case FAB_COLUMN_REAL: *(double *)place = empty ? column->preset : sqlite3_column_double(statement, c); break;
    case FAB_COLUMN_FLAG:
        if (isnan(column->preset))
            *(int *)place = empty ? FAB_NONE : sqlite3_column_int(statement, c);
        else
            *(bool *)place = empty ? column->preset != 0 : sqlite3_column_int(statement, c) != 0;
        break;
    case FAB_COLUMN_INT:
        *(int *)place = !empty ? sqlite3_column_int(statement, c) : isnan(column->preset) ? FAB_NONE : (int)column->preset;
        break;
    case FAB_COLUMN_TIME: break; /* only in history tables, which the model does not hold */
    }
    return FAB_OK;
}

static fab_status load_rows(struct loader *loader, const struct fab_table_def *def, sqlite3_stmt *statement, int64_t count)
{
    fab_status status = FAB_OK;
    char *rows = NULL;
    TRY_MEMORY(loader->context, rows = fab_arena_take(loader->model->arena, (size_t)count, def->record_size));
    *fab_model_rows(loader->model, def) = rows;
    for (int r = 0;; r++) {
        bool row = false;
        TRY(fab_store_step(loader->context, loader->store, statement, &row));
        if (row != (r < count))
            TRY(damaged(loader, def, "rows and their count differ"));
        if (!row)
            break;
        for (int c = 0; c < def->column_count; c++)
            TRY(load_cell(loader, def, statement, c, rows + (size_t)r * def->record_size));
        *fab_model_row_count(loader->model, def) = r + 1;
    }
out:
    return status;
}

static fab_status load_table(struct loader *loader, const struct fab_table_def *def)
{
    sqlite3_stmt *statement = NULL;
    int64_t count = 0;
    fab_status status = FAB_OK;
    TRY(fab_statement_count(loader->context, loader->store, def, &count));
    if (count >= INT32_MAX)
        TRY(fab_fail(loader->context, FAB_INPUT, "table %s has too many rows", def->name));
    TRY(fab_statement_prepare(loader->context, loader->store, def, FAB_STATEMENT_SELECT_SORTED, &statement));
    TRY(load_rows(loader, def, statement, count));
out:
    sqlite3_finalize(statement);
    return status;
}

/* What an import makes sure of and no rule of the schema does, as it is between rows: time runs forward. */
static fab_status check_calendar(struct loader *loader)
{
    const fab_model *model = loader->model;
    for (int t = 0; t < model->calendar_count; t++)
        if (model->calendar[t].end_date <= model->calendar[t].start_date)
            return damaged(loader, fab_dictionary_find("calendar"), "a period ends before it begins");
    return FAB_OK;
}

/* All tables of one moment: in one read transaction. */
fab_status fab_store_load_model(fab_context *context, fab_store *store, fab_model **model)
{
    struct loader loader = {context, store, NULL};
    bool held = false;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, loader.model = fab_model_new());
    TRY(fab_store_hold(context, store, &held));
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            TRY(load_table(&loader, &fab_dictionary[t]));
    TRY(check_calendar(&loader));
    fab_model_read_settings(loader.model);
    *model = loader.model;
    loader.model = NULL;
out:
    fab_store_let_go(store, held);
    fab_model_free(loader.model);
    return status;
}
