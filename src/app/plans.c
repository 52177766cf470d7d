/* Stored plans, as a list and one by one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_parts.h"

#include "library.h"
#include "try.h"

const struct fab_section_query fab_plan_parts[] = {
    FAB_FACTS_OF("json_plan"),
    FAB_OBJECT_OF("model", "json_model"),
    FAB_OBJECT_OF("seconds", "json_seconds"),
    FAB_FACTS_OF("json_hash"),
    FAB_OBJECT_OF("totals", "json_totals"),
    FAB_FACTS_OF("json_profit"),
    FAB_VALUES_OF("warnings", "json_warnings"),
    FAB_LIST_OF("customers", NULL, "json_customers"),
    FAB_LIST_OF("lines", NULL, "json_lines"),
    FAB_LIST_OF("tool_groups", NULL, "json_tool_groups"),
    FAB_LIST_OF("demands", NULL, "json_demands"),
    FAB_LIST_OF("broken_promises", NULL, "json_broken_promises"),
    FAB_LIST_OF("starts", NULL, "json_starts"),
    FAB_LIST_OF("shipments", NULL, "json_shipments"),
    FAB_LIST_OF("stock", NULL, "json_stock"),
    FAB_LIST_OF("substitutions", NULL, "json_substitutions"),
    FAB_LIST_OF("purchases", NULL, "json_purchases"),
    FAB_LIST_OF("removals", NULL, "json_removals"),
    FAB_LIST_OF("power", NULL, "json_power"),
    FAB_LIST_OF("budget", NULL, "json_budget"),
    FAB_LIST_OF("wip", NULL, "json_wip"),
    FAB_LIST_OF("reasons", NULL, "json_reasons"),
    FAB_LIST_OF("changes", NULL, "json_changes"),
    FAB_LIST_OF("held", NULL, "json_held"),
    FAB_LIST_OF("targets", NULL, "json_targets"),
    FAB_LIST_OF("cumulated", NULL, "json_cumulated"),
    FAB_LIST_OF("moved", NULL, "json_moved"),
    FAB_LIST_OF("mixes", NULL, "json_mixes"),
    FAB_LIST_OF("independence", NULL, "json_independence"),
    FAB_LIST_OF("stages", NULL, "json_stages"),
    FAB_LIST_OF("values", NULL, "json_values"),
};
const int fab_plan_part_count = sizeof fab_plan_parts / sizeof *fab_plan_parts;

static const struct fab_section_query summary_parts[] = {
    FAB_LIST_OF("summary", NULL, "summary_plan"),
    FAB_LIST_OF("customers", "Customers", "summary_customers"),
    FAB_LIST_OF("policy", "What the policy changes", "summary_policy"),
    FAB_LIST_OF("held", "What is changed of the old plan", "summary_held"),
    FAB_LIST_OF("values", "What one step more of a limit gains, solved again where a gain is shown", "summary_values"),
    FAB_LIST_OF("broken_promises", "Broken promises", "json_broken_promises"),
};

static const struct fab_section_query plans_part = FAB_LIST_OF("plans", NULL, "plans");

/* A result of queries with the plan's number as :plan, and the utilisation that counts as full as :full (reports/constants). */
static fab_status answer(fab_context *context, fab *handle, int64_t plan, const char *schema, const struct fab_section_query parts[], size_t count,
                         fab_result **result)
{
    fab_status status;
    fab_result *made = NULL;
    double full = 0;
    TRY(fab_library_find_constant(context, "FULL", &full));
    const fab_parameter parameters[] = {{":plan", fab_integer(plan)}, {":full", fab_real(full)}};
    TRY_MEMORY(context, made = fab_result_new(schema));
    for (size_t p = 0; p < count; p++)
        TRY(fab_answer_add(context, handle, made, &parts[p], parameters, 2));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

fab_status fab_plans(fab_context *context, fab *handle, fab_result **plans)
{
    return answer(context, handle, 0, "fabplan.plans/1", &plans_part, 1, plans);
}

fab_status fab_plan_show(fab_context *context, fab *handle, int64_t plan, fab_result **shown)
{
    fab_status status = answer(context, handle, plan, "fabplan.plan/2", fab_plan_parts, (size_t)fab_plan_part_count, shown);
    return status == FAB_DATABASE ? fab_fail_in(context, status, "plan %lld", (long long)plan) : status;
}

fab_status fab_plan_summary(fab_context *context, fab *handle, int64_t plan, fab_result **summary)
{
    return answer(context, handle, plan, "fabplan.summary/1", summary_parts, sizeof summary_parts / sizeof *summary_parts, summary);
}

fab_status fab_find_plan(fab_context *context, fab *handle, int64_t asked, int64_t *plan)
{
    fab_status status;
    fab_table *table = NULL;
    TRY(fab_select_plan(context, handle, "find_plan", asked, &table));
    if (fab_table_rows(table) == 0 && asked > 0)
        TRY(fab_fail_as(context, FAB_USAGE, "unknown_plan", "there is no plan %lld", (long long)asked));
    if (fab_table_rows(table) == 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_plan", "no plan is stored yet"));
    int64_t found = fab_table_get(table, 0, 0)->integer;
    if (fab_table_get(table, 0, 1)->integer == 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_optimal_plan", "no plan is released and none is optimal: plan %lld, the newest, must be asked for by its number",
                        (long long)found));
    *plan = found;
out:
    fab_table_free(table);
    return status;
}
