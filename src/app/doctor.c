/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "program.h"

#include <stdlib.h>
#include <string.h>

/* What the certificates of stored plans are checked against: the program of the inputs as they are now. */
struct examination {
    fab_model *model;
    fab_terms *terms;
    fab_program *program;
    char hash[65];
};

static void end_examination(struct examination *examination)
{
    fab_program_free(examination->program);
    fab_terms_free(examination->terms);
    fab_model_free(examination->model);
}

static fab_status begin_examination(fab_context *context, fab *handle, struct examination *examination)
{
    fab_status status = fab_store_hash_inputs(context, handle->store, examination->hash);
    if (status == FAB_OK)
        status = fab_store_load_model(context, handle->store, &examination->model);
    if (status == FAB_OK)
        status = fab_terms_new(context, examination->model, &examination->terms);
    if (status == FAB_OK)
        status = fab_program_new(context, examination->terms, &examination->program);
    return status;
}

/* A vector of a stored plan: rows (number, value) into an array of `count`. False when a number lies outside. */
static bool read_vector(const fab_table *table, double *vector, int count)
{
    for (int r = 0; r < fab_table_rows(table); r++) {
        int64_t number = fab_table_get(table, r, 0)->integer;
        if (number < 0 || number >= count)
            return false;
        vector[number] = fab_value_number(fab_table_get(table, r, 1));
    }
    return true;
}

static fab_status check_certificate(fab_context *context, fab *handle, const struct examination *examination, int64_t plan, fab_lp_certificate *certificate)
{
    const fab_lp *lp = examination->program->lp;
    fab_table *columns = NULL, *rows = NULL;
    double *x = calloc((size_t)lp->column_count + 1, sizeof *x), *multiplier = calloc((size_t)lp->row_count + 1, sizeof *multiplier);
    fab_status status = x && multiplier ? FAB_OK : fab_fail_memory(context);
    *certificate = (fab_lp_certificate){0};
    if (status == FAB_OK)
        status = fab_select_plan(context, handle, "plan_columns", plan, &columns);
    if (status == FAB_OK)
        status = fab_select_plan(context, handle, "plan_rows", plan, &rows);
    if (status == FAB_OK && read_vector(columns, x, lp->column_count) && read_vector(rows, multiplier, lp->row_count))
        status = fab_lp_check(context, lp, x, multiplier, certificate);
    fab_table_free(columns);
    fab_table_free(rows);
    free(x);
    free(multiplier);
    return status;
}

static fab_status add_line(fab_context *context, fab_table *report, const char *check, const char *result, const char *detail)
{
    fab_value *row = fab_table_add_row(report);
    if (!row)
        return fab_fail_memory(context);
    row[0] = fab_text(fab_table_keep(report, check));
    row[1] = fab_text(result);
    row[2] = fab_text(fab_table_keep(report, detail));
    return row[0].text && row[2].text ? FAB_OK : fab_fail_memory(context);
}

/* One stored plan: its certificate, when its inputs are those of the database today. *wrong is set when it fails. */
static fab_status check_plan(fab_context *context, fab *handle, const struct examination *examination, const fab_table *plans, int row, fab_table *report, bool *wrong)
{
    fab_arena *arena = fab_arena_new();
    int64_t plan = fab_table_get(plans, row, fab_table_find_column(plans, "plan"))->integer;
    const char *hash = fab_table_get(plans, row, fab_table_find_column(plans, "inputs_sha256"))->text;
    double objective = fab_value_number(fab_table_get(plans, row, fab_table_find_column(plans, "objective_usd")));
    fab_lp_certificate certificate;
    const char *name = arena ? fab_arena_printf(arena, "plan %lld", (long long)plan) : NULL;
    fab_status status = name ? FAB_OK : fab_fail_memory(context);
    if (status == FAB_OK && strcmp(hash, examination->hash) != 0) {
        status = add_line(context, report, name, "skipped", "the inputs have changed since; its own certificate cannot be repeated");
    } else if (status == FAB_OK) {
        status = check_certificate(context, handle, examination, plan, &certificate);
        bool good = status == FAB_OK && certificate.verified && certificate.objective == objective;
        const char *detail = status == FAB_OK ? fab_arena_printf(arena, "gap %.3g, largest residual %.3g, objective %.17g (stored %.17g)", certificate.gap,
                                                                 certificate.row_residual, certificate.objective, objective)
                                              : NULL;
        if (status == FAB_OK)
            status = detail ? add_line(context, report, name, good ? "verified" : "wrong", detail) : fab_fail_memory(context);
        *wrong = *wrong || !good;
    }
    fab_arena_free(arena);
    return status;
}

static fab_status check_plans(fab_context *context, fab *handle, fab_table *report, bool *wrong)
{
    struct examination examination = {0};
    fab_table *plans = NULL;
    fab_status status = fab_plans(context, handle, &plans);
    if (status == FAB_OK && fab_table_rows(plans) > 0)
        status = begin_examination(context, handle, &examination);
    for (int r = 0; status == FAB_OK && r < fab_table_rows(plans); r++)
        status = check_plan(context, handle, &examination, plans, r, report, wrong);
    end_examination(&examination);
    fab_table_free(plans);
    return status;
}

fab_status fab_doctor(fab_context *context, fab *handle, fab_table **result)
{
    static const char *const columns[] = {"check", "result", "detail"};
    bool wrong = false;
    fab_table *report = fab_table_new("doctor", columns, 3);
    fab_status status = report ? fab_store_verify(context, handle->store) : fab_fail_memory(context);
    if (status == FAB_OK)
        status = add_line(context, report, "database", "good", "integrity, foreign keys and schema");
    if (status == FAB_OK)
        status = check_plans(context, handle, report, &wrong);
    if (status != FAB_OK) {
        fab_table_free(report);
        return status;
    }
    *result = report;
    return wrong ? fab_fail(context, FAB_DATABASE, "a stored plan does not pass its check: it is not what fabplan wrote") : FAB_OK;
}
