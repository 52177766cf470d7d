/* A SELECT of the program that embeds the library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "result.h"
#include "try.h"

static fab_status add_facts(fab_context *context, fab_result *result, bool complete)
{
    static const char *const columns[] = {"complete"};
    fab_table *facts = fab_table_new("select", columns, 1);
    fab_value *row = facts ? fab_table_add_row(facts) : NULL;
    if (row) {
        row[0] = fab_integer(complete);
    } else {
        fab_table_free(facts);
        facts = NULL;
    }
    return fab_result_add(context, result, &(fab_section){.kind = FAB_SECTION_FACTS}, facts);
}

fab_status fab_select(fab_context *context, fab *handle, const fab_select_request *request, fab_result **rows)
{
    const struct fab_outside outside = {.sql = request->sql,
                                        .name = "SQL",
                                        .parameters = request->parameters,
                                        .parameter_count = request->parameter_count,
                                        .row_limit = request->row_limit > 0 ? request->row_limit : FAB_SELECT_ROWS};
    fab_status status;
    fab_result *made = NULL;
    fab_table *table = NULL;
    bool complete = false;
    TRY(fab_store_select_outside(context, handle->store, &outside, &table, &complete));
    TRY_MEMORY(context, made = fab_result_new("fabplan.select/1"));
    TRY(add_facts(context, made, complete));
    status = fab_result_add_list(context, made, "rows", NULL, table);
    table = NULL;
    if (status != FAB_OK)
        goto out;
    *rows = made;
    made = NULL;
out:
    fab_table_free(table);
    fab_result_free(made);
    return status;
}
