/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_planning.h"

#include "date.h"
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

static int compare_yields(const void *left, const void *right)
{
    const struct fab_source_yield *a = left, *b = right;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return (a->from_date > b->from_date) - (a->from_date < b->from_date);
}

fab_status fab_yield_planning_apply(fab_context *context, const fab_table *yields, fab_model *model)
{
    int rows = fab_table_rows(yields), count = 0;
    const char *why = NULL;
    bool *estimated = fab_arena_take(model->arena, (size_t)model->source_count + 1, sizeof *estimated);
    struct fab_source_yield *made = fab_arena_take(model->arena, (size_t)rows + (size_t)model->source_yield_count + 1, sizeof *made);
    if (!estimated || !made)
        return fab_fail_memory(context);
    for (int r = 0; r < rows; r++) {
        int source = fab_model_find_source(model, fab_table_get(yields, r, SOURCE)->text);
        if (source == FAB_NONE)
            continue;
        made[count] = (struct fab_source_yield){.source = source,
                                                .line_yield = fab_value_number(fab_table_get(yields, r, LINE_YIELD)),
                                                .unit_yield = fab_value_number(fab_table_get(yields, r, UNIT_YIELD))};
        if (!fab_date_parse(fab_table_get(yields, r, START_DATE)->text, &made[count].from_date, &why))
            return fab_fail(context, FAB_DATABASE, "yield_period: start_date: %s", why);
        estimated[made[count++].source] = true;
    }
    for (int r = 0; r < model->source_yield_count; r++)
        if (!estimated[model->source_yield[r].source])
            made[count++] = model->source_yield[r];
    qsort(made, (size_t)count, sizeof *made, compare_yields);
    model->source_yield = made;
    model->source_yield_count = count;
    return FAB_OK;
}
