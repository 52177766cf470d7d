/* Plans a fab, reads what it makes of it, changes an input and plans again.
 *
 *     plan DATA      a folder of CSV files or a planning database, such as data/mini
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/fabplan.h>

#include <inttypes.h>
#include <stdio.h>

/* Findings, warnings and notes of the library. */
static void print_line(void *user, fab_level level, const char *text)
{
    (void)user;
    if (level <= FAB_LEVEL_WARNING)
        fprintf(stderr, "%s\n", text);
}

static fab_status plan(fab_context *context, fab *opened)
{
    const fab_optimise_request request = {.policy = "profit"};
    fab_optimise_result result = {.plan = 0};
    fab_status status = fab_optimise(context, opened, &request, &result);
    if (status != FAB_OK)
        return status;
    if (result.outcome == FAB_OPTIMAL)
        printf("plan %" PRId64 ": %g USD, proven\n", result.plan, fab_value_number(fab_result_fact(result.answer, "objective_usd")));
    else
        printf("there is no plan: %s\n", fab_result_fact(result.answer, "status")->text);
    fab_result_free(result.answer);
    return FAB_OK;
}

/* What the newest plan ships, by demand. */
static fab_status print_shipments(fab_context *context, fab *opened)
{
    int64_t newest = 0;
    fab_status status = fab_find_plan(context, opened, 0, &newest);
    if (status != FAB_OK)
        return status;
    const fab_parameter parameters[] = {{":plan", fab_integer(newest)}};
    const fab_select_request request = {.sql = "SELECT demand, quantity, shipped FROM plan_demand WHERE plan = :plan ORDER BY demand",
                                        .parameters = parameters,
                                        .parameter_count = 1};
    fab_result *result = NULL;
    status = fab_select(context, opened, &request, &result);
    const fab_table *rows = status == FAB_OK ? fab_result_table(result, "rows") : NULL;
    for (int r = 0; rows && r < fab_table_rows(rows); r++)
        printf("  %s: %g of %g\n", fab_table_get(rows, r, 0)->text, fab_value_number(fab_table_get(rows, r, 2)),
               fab_value_number(fab_table_get(rows, r, 1)));
    fab_result_free(result);
    return status;
}

/* One more tool in every tool group: the rows as they are, but for one column. */
static fab_status add_tools(fab_context *context, fab *opened)
{
    enum { COLUMNS = 6 };
    static const char *const columns[COLUMNS] = {"tool_group", "line", "name", "tools", "availability", "max_utilisation"};
    const fab_select_request request = {.sql = "SELECT tool_group, line, name, tools + 1, availability, max_utilisation FROM tool_group"};
    fab_table *changed = fab_table_new("tool_group", columns, COLUMNS);
    fab_result *found = NULL, *summary = NULL;
    fab_status status = changed ? fab_select(context, opened, &request, &found) : fab_fail_memory(context);
    const fab_table *rows = status == FAB_OK ? fab_result_table(found, "rows") : NULL;
    for (int r = 0; rows && r < fab_table_rows(rows); r++) {
        fab_value *row = fab_table_add_row(changed);
        for (int c = 0; row && c < COLUMNS; c++)
            row[c] = *fab_table_get(rows, r, c); /* texts live as long as found */
    }
    const fab_table *const tables[] = {changed};
    const fab_put_request put = {.tables = tables, .table_count = 1};
    if (status == FAB_OK)
        status = fab_put(context, opened, &put, &summary);
    if (status == FAB_OK)
        printf("one more tool in each of %d tool groups\n", fab_table_rows(changed));
    fab_result_free(summary);
    fab_result_free(found);
    fab_table_free(changed);
    return status;
}

int main(int argc, char **argv)
{
    fab_context *context = fab_context_new();
    fab *opened = NULL;
    if (!context || argc != 2) {
        fprintf(stderr, "usage: plan DATA\n");
        fab_context_free(context);
        return 2;
    }
    fab_context_set_sink(context, print_line, NULL);
    fab_status status = fab_open(context, argv[1], FAB_WRITE, &opened);
    if (status == FAB_OK)
        status = plan(context, opened);
    if (status == FAB_OK)
        status = print_shipments(context, opened);
    if (status == FAB_OK)
        status = add_tools(context, opened);
    if (status == FAB_OK)
        status = plan(context, opened);
    if (status != FAB_OK)
        fprintf(stderr, "plan: %s\n", fab_context_message(context));
    fab_close(opened);
    fab_context_free(context);
    return status == FAB_OK ? 0 : 1;
}
