/* The linear program for another solver, and what its equations are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "planning.h"
#include "policy_rows.h"
#include "build.h"
#include "mark.h"
#include "result.h"
#include "terms_build.h"
#include "try.h"
#include "widen.h"

#include <stdlib.h>

enum { MOST_COMMENTS = FAB_FAMILIES + 3 };

/* The head of the file: what the program is and what its rows mean. */
static int make_comments(fab_arena *arena, const fab_model *model, const char *hash, const char *comment[MOST_COMMENTS])
{
    int count = 0;
    comment[count++] = fab_arena_printf(arena, "%s: " FAB_MARK_PROGRAM ", maximise profit in %s", model->plan_name, model->currency);
    comment[count++] = fab_arena_printf(arena, "inputs sha256 %s", hash);
    for (int f = 0; f < FAB_FAMILIES; f++)
        comment[count++] = fab_arena_printf(arena, "%s  %s: %s", fab_families[f].code, fab_families[f].name, fab_families[f].meaning);
    comment[count] = NULL;
    for (int c = 0; c < count; c++)
        if (!comment[c])
            return -1;
    return count;
}

/* The model of the inputs, or of the plan that was opened. */
static fab_status load(fab_context *context, fab *handle, struct fab_planned *planned)
{
    struct fab_planning planning = {.policy = "profit"};
    fab_status status = FAB_OK;
    fab_table *plans = NULL;
    void *keep = NULL;
    if (handle->plan > 0) {
        TRY(fab_select_plan(context, handle, "plan_proofs", handle->plan, &plans));
        TRY(fab_planning_of_plan(context, handle, fab_table_get(plans, 0, fab_table_find_column(plans, "options"))->text, handle->plan, &planning, &keep));
    }
    TRY(fab_planning_load(context, handle, &planning, planned));
out:
    fab_planning_forget(keep);
    fab_table_free(plans);
    return status;
}

/* Bounds that no limit of the data is were wider where the plan was found: up to its point. */
static fab_status widen_to_point(fab_context *context, fab *handle, fab_program *program)
{
    fab_status status = FAB_OK;
    fab_table *columns = NULL;
    int count = program->lp->column_count;
    double *x = calloc((size_t)count + 1, sizeof *x);
    TRY_MEMORY(context, x);
    TRY(fab_select_plan(context, handle, "plan_columns", handle->plan, &columns));
    for (int r = 0; r < fab_table_rows(columns); r++) {
        int64_t number = fab_table_get(columns, r, 0)->integer;
        if (number < 0 || number >= count)
            TRY(fab_fail(context, FAB_DATABASE, "plan %lld: its program has no column %lld", (long long)handle->plan, (long long)number));
        x[number] = fab_value_number(fab_table_get(columns, r, 1));
    }
    fab_widen_to(program, x);
out:
    fab_table_free(columns);
    free(x);
    return status;
}

/* A plan's program has the rows of its policy. */
static fab_status add_plan(fab_context *context, fab *handle, fab_program *program)
{
    fab_status status = FAB_OK;
    TRY(fab_policy_rows(context, handle, handle->plan, program));
    TRY(widen_to_point(context, handle, program));
out:
    return status;
}

fab_status fab_write_model(fab_context *context, fab *handle, fab_model_format format, const char *path)
{
    char hash[65];
    const char *comment[MOST_COMMENTS];
    fab_status status;
    struct fab_planned planned = {0};
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    TRY(load(context, handle, &planned));
    TRY(fab_store_hash_inputs(context, handle->store, hash));
    TRY(fab_terms_new(context, planned.model, &terms));
    TRY(fab_program_new(context, terms, NULL, &program));
    if (handle->plan > 0)
        TRY(add_plan(context, handle, program));
    TRY_MEMORY(context, make_comments(program->lp->arena, planned.model, hash, comment) >= 0);
    TRY((format == FAB_MODEL_MPS ? fab_lp_write_mps : fab_lp_write_lp)(context, program->lp, path, comment));
out:
    fab_program_free(program);
    fab_terms_free(terms);
    fab_planned_fini(&planned);
    return status;
}

fab_status fab_equation_families(fab_context *context, fab_result **families)
{
    static const char *const columns[] = {"code", "name", "meaning"};
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    TRY_MEMORY(context, table = fab_table_new("equation", columns, 3));
    for (int f = 0; f < FAB_FAMILIES; f++) {
        fab_value *row = NULL;
        if (fab_families[f].side != FAB_SIDE_ROW)
            continue;
        TRY_MEMORY(context, row = fab_table_add_row(table));
        row[0] = fab_text(fab_families[f].code);
        row[1] = fab_text(fab_families[f].name);
        row[2] = fab_text(fab_families[f].meaning);
    }
    status = fab_result_of(context, "fabplan.equations/1", "equations", table, families);
    table = NULL;
out:
    fab_table_free(table);
    return status;
}
