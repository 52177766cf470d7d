/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_planning.h"

#include "number.h"
#include "try.h"
#include "yield_snapshot.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE, PERIOD, START_DATE, LINE_YIELD, UNIT_YIELD };

static bool is_known(const char *percentile)
{
    static const char *const known[] = {"fit", "p10", "p50", "p90"};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(percentile, known[k]) == 0)
            return true;
    return false;
}

fab_status fab_yield_planning(fab_context *context, fab_store *store, int64_t snapshot, const char *percentile, int64_t *used,
                              fab_table **yields)
{
    int64_t number = 0;
    fab_status status = FAB_OK;
    if (!is_known(percentile))
        TRY(fab_fail(context, FAB_USAGE, "yield '%s' is not known; it is one of: plan, fit, p10, p50, p90", percentile));
    TRY(fab_yield_snapshot_find(context, store, snapshot, &number));
    const fab_parameter parameters[] = {{":snapshot", fab_integer(number)}, {":percentile", fab_text(percentile)}};
    TRY(fab_store_select(context, store, "yield_planning", parameters, 2, yields));
    if (used)
        *used = number;
out:
    return status;
}

static bool has_rows(const fab_model *model, int source)
{
    for (int r = 0; r < model->source_yield_count; r++)
        if (model->source_yield[r].source == source)
            return true;
    return false;
}

static const struct fab_change change_of_yield = {
    .origin = FAB_CHANGE_YIELD, .table = "source_yield", .from = FAB_DATE_NONE, .to = FAB_DATE_NONE};

static fab_status add_delete(fab_context *context, struct fab_change_list *list, const char *source)
{
    fab_status status = FAB_OK;
    struct fab_change change = change_of_yield;
    change.operation = FAB_CHANGE_DELETE;
    TRY_MEMORY(context, change.key = fab_change_escape(list->arena, source));
    TRY(fab_change_list_add(context, list, &change));
out:
    return status;
}

static fab_status add_insert(fab_context *context, struct fab_change_list *list, const fab_table *yields, int r)
{
    fab_status status = FAB_OK;
    struct fab_change change = change_of_yield;
    char line[FAB_NUMBER_TEXT_SIZE], unit[FAB_NUMBER_TEXT_SIZE];
    const char *source = NULL;
    fab_number_print(fab_value_number(fab_table_get(yields, r, LINE_YIELD)), line);
    fab_number_print(fab_value_number(fab_table_get(yields, r, UNIT_YIELD)), unit);
    change.operation = FAB_CHANGE_INSERT;
    TRY_MEMORY(context, source = fab_change_escape(list->arena, fab_table_get(yields, r, SOURCE)->text));
    TRY_MEMORY(context, change.value = fab_arena_printf(list->arena, "source=%s;from_date=%s;line_yield=%s;unit_yield=%s", source,
                                                        fab_table_get(yields, r, START_DATE)->text, line, unit));
    TRY(fab_change_list_add(context, list, &change));
out:
    return status;
}

/* The rows come by source. */
fab_status fab_yield_planning_changes(fab_context *context, const fab_table *yields, const fab_model *model, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    int last = FAB_NONE;
    for (int r = 0; r < fab_table_rows(yields); r++) {
        const char *id = fab_table_get(yields, r, SOURCE)->text;
        int source = fab_model_find_source(model, id);
        if (source == FAB_NONE)
            continue;
        if (source != last && has_rows(model, source))
            TRY(add_delete(context, list, id));
        last = source;
        TRY(add_insert(context, list, yields, r));
    }
out:
    return status;
}
