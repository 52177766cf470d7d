/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_lots.h"

#include "try.h"

#include <string.h>

/* Of `lot`, `wafer` and wafer_test. */
enum { LOT, SOURCE, START, WAFERS, STATUS, BASIS, NOTE };
enum { WAFER, WAFER_LOT, WAFER_BASIS };
enum { TEST_TIME = 3 };

/* Columns of the query stdf_lot. */
enum { KNOWN_BASIS, KNOWN_SOURCE, KNOWN_START, KNOWN_WAFERS };

static const char basis[] = "STDF", note[] = "made from test results: start_time is that of the first test";

fab_table *stdf_lots_new(void)
{
    static const char *const columns[] = {"lot", "source", "start_time", "wafers", "status", "basis", "note"};
    return fab_table_new("lot", columns, sizeof columns / sizeof *columns);
}

fab_table *stdf_lots_new_wafers(void)
{
    static const char *const columns[] = {"wafer", "lot", "basis"};
    return fab_table_new("wafer", columns, sizeof columns / sizeof *columns);
}

/* In the first column. */
static bool has_text(const fab_table *table, const char *text)
{
    for (int r = 0; r < fab_table_rows(table); r++)
        if (strcmp(fab_table_get(table, r, 0)->text, text) == 0)
            return true;
    return false;
}

/* The source that PART_TYP stands for, in memory of *found. */
static fab_status find_source(fab_context *context, fab_store *store, const struct fab_stdf_result *result, fab_table **found)
{
    const fab_parameter parameter = {":product", fab_text(result->product)};
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "stdf_source", &parameter, 1, found));
    if (fab_table_rows(*found) != 1)
        TRY(fab_fail_as(context, FAB_INPUT, "no_lot_source", "%s: lot %s: PART_TYP '%s' of MIR %s: the source of its wafers has to be given", result->path,
                        result->lot, result->product,
                        fab_table_rows(*found) == 0 ? "is no source and no item that has one" : "is an item of several sources"));
out:
    return status;
}

/* Wafers of a lot among those that are made. */
static int64_t count_wafers(const fab_table *wafers, const char *lot)
{
    int64_t count = 0;
    for (int r = 0; r < fab_table_rows(wafers); r++)
        count += strcmp(fab_table_get(wafers, r, WAFER_LOT)->text, lot) == 0;
    return count;
}

/* The row of a lot: a new one, or that of one that was made of test results before and has more wafers now. */
static fab_status fill_lot(fab_context *context, const struct fab_stdf_result *result, const char *source, const char *start, int64_t wafers, fab_table *lots)
{
    const char *lot_kept = fab_table_keep(lots, result->lot), *start_kept = fab_table_keep(lots, start), *source_kept = fab_table_keep(lots, source);
    fab_value *row = lot_kept && start_kept && source_kept ? fab_table_add_row(lots) : NULL;
    if (!row)
        return fab_fail_memory(context);
    row[LOT] = fab_text(lot_kept);
    row[SOURCE] = fab_text(source_kept);
    row[START] = fab_text(start_kept);
    row[WAFERS] = fab_integer(wafers);
    row[STATUS] = fab_text("done");
    row[BASIS] = fab_text(basis);
    row[NOTE] = fab_text(note);
    return FAB_OK;
}

/* Lots that came from a table stay as they are. */
static fab_status add_lot(fab_context *context, fab_store *store, const struct fab_stdf_result *result, const char *source, const fab_table *wafers,
                          fab_table *lots)
{
    const fab_parameter parameter = {":lot", fab_text(result->lot)};
    fab_table *known = NULL, *found = NULL;
    int64_t count = count_wafers(wafers, result->lot);
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "stdf_lot", &parameter, 1, &known));
    if (fab_table_rows(known) > 0) {
        const fab_value *from = fab_table_get(known, 0, KNOWN_BASIS);
        if (from->type == FAB_TEXT && strcmp(from->text, basis) == 0)
            TRY(fill_lot(context, result, fab_table_get(known, 0, KNOWN_SOURCE)->text, fab_table_get(known, 0, KNOWN_START)->text,
                         fab_table_get(known, 0, KNOWN_WAFERS)->integer + count, lots));
        goto out;
    }
    if (!source) {
        TRY(find_source(context, store, result, &found));
        source = fab_table_get(found, 0, 0)->text;
    }
    TRY(fill_lot(context, result, source, fab_table_get(result->wafer_test, 0, TEST_TIME)->text, count, lots));
out:
    fab_table_free(known);
    fab_table_free(found);
    return status;
}

static fab_status add_wafer(fab_context *context, fab_store *store, const struct fab_stdf_result *result, const char *wafer, fab_table *wafers)
{
    const fab_parameter parameter = {":wafer", fab_text(wafer)};
    fab_table *known = NULL;
    fab_status status = FAB_OK;
    fab_value *row;
    TRY(fab_store_select(context, store, "stdf_wafer", &parameter, 1, &known));
    if (fab_table_rows(known) > 0 || has_text(wafers, wafer))
        goto out;
    if (!result->lot[0])
        TRY(fab_fail(context, FAB_INPUT, "%s: wafer %s: LOT_ID of MIR is empty: no lot can be made of it", result->path, wafer));
    const char *name = fab_table_keep(wafers, wafer), *lot = fab_table_keep(wafers, result->lot);
    TRY_MEMORY(context, name && lot && (row = fab_table_add_row(wafers)));
    row[WAFER] = fab_text(name);
    row[WAFER_LOT] = fab_text(lot);
    row[WAFER_BASIS] = fab_text(basis);
out:
    fab_table_free(known);
    return status;
}

fab_status stdf_lots_add(fab_context *context, fab_store *store, const struct fab_stdf_result *results, int count, const char *source, fab_table *lots,
                         fab_table *wafers)
{
    fab_status status = FAB_OK;
    for (int f = 0; f < count; f++)
        for (int r = 0; r < fab_table_rows(results[f].wafer_test); r++)
            TRY(add_wafer(context, store, &results[f], fab_table_get(results[f].wafer_test, r, WAFER)->text, wafers));
    for (int f = 0; f < count; f++)
        if (count_wafers(wafers, results[f].lot) > 0 && !has_text(lots, results[f].lot))
            TRY(add_lot(context, store, &results[f], source, wafers, lots));
out:
    return status;
}
