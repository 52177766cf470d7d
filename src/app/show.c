/* One table of a stored plan; which plan counts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_parts.h"

#include "clock.h"
#include "nearest.h"
#include "try.h"

#include <stdio.h>
#include <string.h>

static const struct fab_section_query head = FAB_FACTS_OF("show_plan");

/* Beside the lists of fabplan.plan/2. */
static const struct fab_section_query others[] = {
    FAB_LIST_OF("tools", NULL, "show_tools"),
    FAB_LIST_OF("downtime", NULL, "show_downtime"),
    FAB_LIST_OF("pegging", NULL, "show_pegging"),
    FAB_LIST_OF("kpis", NULL, "show_kpis"),
    FAB_LIST_OF("taken", NULL, "show_taken"),
};

enum { OTHERS = sizeof others / sizeof *others };

/* A table that can be shown, by its place; NULL for what is no table, and behind the last one *more is false. */
static const struct fab_section_query *table_at(int index, bool *more)
{
    *more = index < OTHERS + fab_plan_part_count;
    if (!*more)
        return NULL;
    const struct fab_section_query *part = index < OTHERS ? &others[index] : &fab_plan_parts[index - OTHERS];
    return part->part.kind == FAB_SECTION_LIST || part->part.kind == FAB_SECTION_VALUES ? part : NULL;
}

static const struct fab_section_query *find_table(const char *what)
{
    bool more = true;
    for (int t = 0; more; t++) {
        const struct fab_section_query *table = table_at(t, &more);
        if (table && strcmp(table->part.name, what) == 0)
            return table;
    }
    return NULL;
}

static fab_status fail_unknown(fab_context *context, const char *what)
{
    char names[1024] = "";
    struct fab_nearest nearest;
    bool more = true;
    fab_nearest_begin(&nearest, what);
    for (int t = 0; more; t++) {
        const struct fab_section_query *table = table_at(t, &more);
        size_t length = strlen(names);
        if (!table)
            continue;
        fab_nearest_offer(&nearest, table->part.name);
        snprintf(names + length, sizeof names - length, "%s%s", length > 0 ? ", " : "", table->part.name);
    }
    if (*nearest.best)
        return fab_fail_as(context, FAB_USAGE, "unknown_plan_table", "a plan has no table '%s'; did you mean '%s'?", what, nearest.best);
    return fab_fail_as(context, FAB_USAGE, "unknown_plan_table", "a plan has no table '%s'; it has %s", what, names);
}

fab_status fab_show(fab_context *context, fab *handle, int64_t plan, const char *what, fab_result **shown)
{
    const fab_parameter parameter = {":plan", fab_integer(plan)};
    const struct fab_section_query *table = find_table(what);
    fab_status status = FAB_OK;
    fab_result *made = NULL;
    if (!table)
        return fail_unknown(context, what);
    TRY_MEMORY(context, made = fab_result_new("fabplan.show/1"));
    TRY(fab_answer_add(context, handle, made, &head, &parameter, 1));
    TRY(fab_answer_add(context, handle, made, table, &parameter, 1));
    *shown = made;
    made = NULL;
out:
    fab_result_free(made);
    return status == FAB_DATABASE ? fab_fail_in(context, status, "plan %lld", (long long)plan) : status;
}

fab_status fab_plan_release(fab_context *context, fab *handle, int64_t plan)
{
    static const char *const columns[] = {"plan", "time"};
    char now[FAB_UTC_SIZE];
    int64_t found = 0;
    fab_status status = FAB_OK;
    fab_table *release = NULL;
    fab_value *row = NULL;
    TRY(fab_find_plan(context, handle, plan, &found));
    TRY_MEMORY(context, release = fab_table_new("plan_release", columns, 2));
    TRY_MEMORY(context, row = fab_table_add_row(release));
    row[0] = fab_integer(found);
    row[1] = fab_text(fab_clock_utc(now));
    TRY(fab_store_insert(context, handle->store, release));
out:
    fab_table_free(release);
    return status;
}
