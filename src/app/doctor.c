/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "planning.h"
#include "build.h"
#include "terms_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the certificate of a stored plan is checked against: the program of the inputs as they are now, made with the plan's own choices. */
struct examination {
    struct fab_planned planned; /* its options are the provenance as it would be today */
    fab_terms *terms;
    fab_program *program;
};

static void end_examination(struct examination *examination)
{
    fab_program_free(examination->program);
    fab_terms_free(examination->terms);
    fab_planned_fini(&examination->planned);
}

static fab_status begin_examination(fab_context *context, fab *handle, int64_t plan, const char *options, struct examination *examination)
{
    struct fab_planning planning;
    void *keep = NULL;
    fab_status status = FAB_OK;
    if (!fab_planning_read(options, &planning, &keep))
        status = fab_fail(context, FAB_DATABASE, "the options of a stored plan cannot be read: %s", options);
    planning.plan = plan;
    if (status == FAB_OK)
        status = fab_planning_load(context, handle, &planning, &examination->planned);
    if (status == FAB_OK)
        status = fab_terms_new(context, examination->planned.model, &examination->terms);
    if (status == FAB_OK)
        status = fab_program_new(context, examination->terms, NULL, &examination->program);
    fab_planning_forget(keep);
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

static const char *text_of(const fab_table *plans, int row, const char *column)
{
    const char *text = fab_table_get(plans, row, fab_table_find_column(plans, column))->text;
    return text ? text : "";
}

/* One stored plan: its certificate, when what it was made of is still there. *wrong is set when it fails. */
static fab_status examine_plan(fab_context *context, fab *handle, const fab_table *plans, int row, const char *hash, fab_table *report, bool *wrong)
{
    struct examination examination = {0};
    fab_lp_certificate certificate;
    char name[32], detail[256];
    int64_t plan = fab_table_get(plans, row, fab_table_find_column(plans, "plan"))->integer;
    double objective = fab_value_number(fab_table_get(plans, row, fab_table_find_column(plans, "objective_usd")));
    snprintf(name, sizeof name, "plan %lld", (long long)plan);
    if (strcmp(text_of(plans, row, "inputs_sha256"), hash) != 0)
        return add_line(context, report, name, "skipped", "the inputs have changed since; its own certificate cannot be repeated");
    fab_status status = begin_examination(context, handle, plan, text_of(plans, row, "options"), &examination);
    if (status == FAB_OK && strcmp(examination.planned.options, text_of(plans, row, "options")) != 0) {
        status = add_line(context, report, name, "skipped", "the history has changed since; its own certificate cannot be repeated");
    } else if (status == FAB_OK) {
        status = check_certificate(context, handle, &examination, plan, &certificate);
        bool good = certificate.verified && certificate.objective == objective;
        snprintf(detail, sizeof detail, "gap %.3g, largest residual %.3g, objective %.17g (stored %.17g)", certificate.gap, certificate.row_residual,
                 certificate.objective, objective);
        if (status == FAB_OK)
            status = add_line(context, report, name, good ? "verified" : "wrong", detail);
        *wrong = *wrong || !good;
    }
    end_examination(&examination);
    return status;
}

static fab_status check_plans(fab_context *context, fab *handle, fab_table *report, bool *wrong)
{
    fab_table *plans = NULL;
    char hash[65];
    fab_status status = fab_store_hash_inputs(context, handle->store, hash);
    if (status == FAB_OK)
        status = fab_select_plan(context, handle, "plan_proofs", 0, &plans);
    for (int r = 0; status == FAB_OK && r < fab_table_rows(plans); r++)
        status = examine_plan(context, handle, plans, r, hash, report, wrong);
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
