/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "planning.h"
#include "policy_rows.h"
#include "build.h"
#include "result.h"
#include "terms_build.h"
#include "try.h"
#include "whole_stage.h"
#include "whole_columns.h"
#include "widen.h"

#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the certificate of a stored plan is checked against: the program of the inputs as they are now, made with the plan's own choices. */
struct examination {
    struct fab_planned planned; /* its options are the provenance as it would be today */
    fab_terms *terms;
    fab_program *program;
    struct fab_whole_columns whole; /* decisions that are whole in the plan; none */
};

static void end_examination(struct examination *examination)
{
    fab_whole_columns_fini(&examination->whole);
    fab_program_free(examination->program);
    fab_terms_free(examination->terms);
    fab_planned_fini(&examination->planned);
}

static fab_status begin_examination(fab_context *context, fab *handle, int64_t plan, const char *options, struct examination *examination)
{
    struct fab_planning planning;
    fab_status status = FAB_OK;
    void *keep = NULL;
    TRY(fab_planning_of_plan(context, handle, options, plan, &planning, &keep));
    TRY(fab_planning_load(context, handle, &planning, &examination->planned));
    TRY(fab_terms_new(context, examination->planned.model, &examination->terms));
    TRY(fab_program_new(context, examination->terms, NULL, &examination->program));
    TRY(fab_policy_rows(context, handle, plan, examination->program));
    if (planning.asked.whole) {
        TRY(fab_whole_soften(context, examination->program));
        TRY(fab_whole_columns_find(context, examination->program, &examination->whole));
    }
out:
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

/* The stored vectors against the program; with whole decisions against the one in which they are fixed. *certificate is that of no plan when they are not whole, or numbers lie outside. */
static fab_status check_certificate(fab_context *context, fab *handle, const struct examination *examination, int64_t plan, fab_lp_certificate *certificate)
{
    const fab_lp *lp = examination->program->lp;
    fab_status status;
    fab_table *columns = NULL, *rows = NULL;
    double *x = NULL, *multiplier = NULL;
    *certificate = (fab_lp_certificate){.row_residual = (double)INFINITY};
    TRY_MEMORY(context, x = calloc((size_t)lp->column_count + 1, sizeof *x));
    TRY_MEMORY(context, multiplier = calloc((size_t)lp->row_count + 1, sizeof *multiplier));
    TRY(fab_select_plan(context, handle, "plan_columns", plan, &columns));
    TRY(fab_select_plan(context, handle, "plan_rows", plan, &rows));
    if (read_vector(columns, x, lp->column_count) && read_vector(rows, multiplier, lp->row_count)) {
        fab_widen_to(examination->program, x);
        if (fab_whole_columns_fix(examination->program, &examination->whole, x))
            TRY(fab_lp_check(context, lp, x, multiplier, certificate));
    }
out:
    fab_table_free(columns);
    fab_table_free(rows);
    free(x);
    free(multiplier);
    return status;
}

static fab_status add_line(fab_context *context, fab_table *report, const char *check, const char *result, const char *detail)
{
    fab_status status = FAB_OK;
    fab_value *row = NULL;
    TRY_MEMORY(context, row = fab_table_add_row(report));
    row[0] = fab_text(fab_table_keep(report, check));
    row[1] = fab_text(result);
    row[2] = fab_text(fab_table_keep(report, detail));
    TRY_MEMORY(context, row[0].text && row[2].text);
out:
    return status;
}

static const char *text_of(const fab_table *plans, int row, const char *column)
{
    const char *text = fab_table_get(plans, row, fab_table_find_column(plans, column))->text;
    return text ? text : "";
}

static int64_t number_of(const fab_table *plans, int row)
{
    return fab_table_get(plans, row, fab_table_find_column(plans, "plan"))->integer;
}

static fab_status add_plan_line(fab_context *context, fab_table *report, int64_t plan, const char *result, const char *detail)
{
    char name[32];
    snprintf(name, sizeof name, "plan %lld", (long long)plan);
    return add_line(context, report, name, result, detail);
}

/* Distance of the money stage's objective from the bound of its multipliers. */
static double gap_of(const fab_lp_certificate *certificate, double objective, double calm)
{
    return calm > 0 ? (certificate->bound - objective) / fmax(1, fabs(objective)) : certificate->gap;
}

/* The point is feasible and worth the objective less what calm gave up, and nothing is better than the objective within its gap. */
static bool is_proven(const fab_lp_certificate *certificate, double objective, double calm, double gap)
{
    double rounding = calm > 0 ? 4 * DBL_EPSILON * fmax(1, fabs(objective)) : 0; /* of the difference that was stored */
    return fab_lp_is_feasible(certificate) && fabs(gap_of(certificate, objective, calm)) <= fmax(gap, FAB_LP_GAP) + rounding &&
           fabs(certificate->objective - (objective - calm)) <= rounding;
}

/* The share of the objective that calm might give up. */
static double calm_of(const char *options)
{
    json_t *json = json_loads(options, 0, NULL);
    double share = json_number_value(json_object_get(json, "calm"));
    json_decref(json);
    return share;
}

/* The examination has begun: the stored vectors against its program. *wrong is set when they fail. Of whole decisions the point is proven again, and that nothing is better with them fixed; the search that proved their bound is not repeated. */
static fab_status judge_plan(fab_context *context, fab *handle, const struct examination *examination, const fab_table *plans, int row,
                             fab_table *report, bool *wrong)
{
    fab_lp_certificate certificate;
    char detail[256];
    fab_status status;
    int64_t plan = number_of(plans, row);
    double objective = fab_value_number(fab_table_get(plans, row, fab_table_find_column(plans, "objective_usd")));
    TRY(check_certificate(context, handle, examination, plan, &certificate));
    double gap = fab_value_number(fab_table_get(plans, row, fab_table_find_column(plans, "gap")));
    double calm = fab_value_number(fab_table_get(plans, row, fab_table_find_column(plans, "calm_usd")));
    bool whole = examination->whole.count > 0;
    bool good = is_proven(&certificate, objective, calm, whole ? 0 : gap) && calm <= calm_of(text_of(plans, row, "options")) * fabs(objective) + FAB_LP_GAP * fmax(1, fabs(objective));
    snprintf(detail, sizeof detail, "%sgap %.3g, largest residual %.3g, objective %.17g (stored %.17g)%s", whole ? "whole tools; with them fixed " : "", gap_of(&certificate, objective, calm), certificate.row_residual,
             certificate.objective, objective - calm, whole ? "; bound: not repeated" : "");
    *wrong = *wrong || !good;
    TRY(add_plan_line(context, report, plan, !good ? "wrong" : whole ? "in part" : "verified", detail));
out:
    return status;
}

/* The inputs are there, as they were or as they still are: the certificate against their program. */
static fab_status examine_with(fab_context *context, fab *inputs, const fab_table *plans, int row, fab_table *report, bool *wrong)
{
    struct examination examination = {0};
    fab_status status = FAB_OK;
    const char *options = text_of(plans, row, "options");
    int64_t plan = number_of(plans, row);
    TRY(begin_examination(context, inputs, plan, options, &examination));
    if (!inputs->plan && strcmp(examination.planned.options, options) != 0)
        TRY(add_plan_line(context, report, plan, "skipped", "the history has changed since; its own certificate cannot be repeated"));
    else
        TRY(judge_plan(context, inputs, &examination, plans, row, report, wrong));
out:
    end_examination(&examination);
    return status;
}

/* A plan that keeps what it was made from. Damage is a line of the report. */
static fab_status examine_kept(fab_context *context, fab *handle, const fab_table *plans, int row, fab_table *report, bool *wrong)
{
    fab *kept = NULL;
    int64_t plan = number_of(plans, row);
    fab_status status = fab_open_plan(context, handle, plan, &kept);
    if (status == FAB_OK)
        status = examine_with(context, kept, plans, row, report, wrong);
    bool disk = status != FAB_OK && strcmp(fab_context_code(context), "disk") == 0; /* which says nothing of the plan */
    if (!disk && (status == FAB_DATABASE || status == FAB_INPUT || status == FAB_USAGE)) { /* what it says of itself cannot be read, or makes no program */
        *wrong = true;
        status = add_plan_line(context, report, plan, "wrong", fab_context_message(context));
    }
    fab_close(kept);
    return status;
}

/* A line of the report for everything that is not what was stored. */
static fab_status check_digests(fab_context *context, fab *handle, fab_table *report, bool *wrong)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    TRY(fab_store_check_digests(context, handle->store, &found));
    for (int r = 0; r < fab_table_rows(found); r++) {
        char name[64];
        snprintf(name, sizeof name, "%s %lld", fab_table_get(found, r, 0)->text, (long long)fab_table_get(found, r, 1)->integer);
        TRY(add_line(context, report, name, "wrong", fab_table_get(found, r, 2)->text));
        *wrong = true;
    }
out:
    fab_table_free(found);
    return status;
}

/* One stored plan: its certificate when what it was made from is still there. */
static fab_status examine_plan(fab_context *context, fab *handle, const fab_table *plans, int row, const char *hash, fab_table *report, bool *wrong)
{
    fab_status status = FAB_OK;
    if (*text_of(plans, row, "input_sha256"))
        TRY(examine_kept(context, handle, plans, row, report, wrong));
    else if (strcmp(text_of(plans, row, "inputs_sha256"), hash) == 0)
        TRY(examine_with(context, handle, plans, row, report, wrong));
    else
        TRY(add_plan_line(context, report, number_of(plans, row), "skipped",
                          "it keeps no inputs and they have changed since; its own certificate cannot be repeated"));
out:
    return status;
}

static fab_status check_plans(fab_context *context, fab *handle, fab_table *report, bool *wrong)
{
    char hash[65];
    fab_status status;
    fab_table *plans = NULL;
    TRY(fab_store_hash_inputs(context, handle->store, hash));
    TRY(fab_select_plan(context, handle, "plan_proofs", 0, &plans));
    for (int r = 0; r < fab_table_rows(plans); r++)
        TRY(examine_plan(context, handle, plans, r, hash, report, wrong));
out:
    fab_table_free(plans);
    return status;
}

fab_status fab_doctor(fab_context *context, fab *handle, fab_result **result)
{
    static const char *const columns[] = {"check", "result", "detail"};
    bool wrong = false;
    fab_status status = FAB_OK;
    fab_table *report = NULL;
    *result = NULL;
    TRY_MEMORY(context, report = fab_table_new("doctor", columns, 3));
    TRY(fab_store_verify(context, handle->store));
    TRY(add_line(context, report, "database", "good", "integrity, foreign keys and schema"));
    TRY(check_digests(context, handle, report, &wrong));
    TRY(check_plans(context, handle, report, &wrong));
    status = fab_result_of(context, "fabplan.doctor/1", "checks", report, result);
    report = NULL;
    if (status == FAB_OK && wrong)
        status = fab_fail(context, FAB_DATABASE, "a stored plan does not pass its check: it is not what fabplan wrote");
out:
    fab_table_free(report);
    return status;
}
