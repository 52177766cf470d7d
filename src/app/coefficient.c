/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coefficient.h"

#include "change_apply.h"
#include "source_terms.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define POINT 0.01
#define DAY 1.0

enum { VALUE_SIZE = 512 };

static fab_status add_change(fab_context *context, struct fab_change_list *list, const struct fab_change *change)
{
    struct fab_change added = *change;
    added.origin = FAB_CHANGE_SCENARIO;
    added.scenario = "explain";
    added.number = list->count + 1;
    added.from = added.to = FAB_DATE_NONE;
    return added.key && added.value ? fab_change_list_add(context, list, &added) : fab_fail_memory(context);
}

static fab_status add_number(fab_context *context, struct fab_change_list *list, const char *table, const char *column, const char *id, double number)
{
    char value[VALUE_SIZE];
    snprintf(value, sizeof value, "%.17g", number);
    return add_change(context, list, &(struct fab_change){.table = table, .key = fab_change_escape(list->arena, id), .column = column, .operation = FAB_CHANGE_ADD, .value = value});
}

/* ---- cycle time ---- */

static fab_status shorten(fab_context *context, const fab_model *model, int route, struct fab_value_line *line, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    double least = (double)INFINITY;
    for (int r = 0; r < model->cycle_time_count; r++)
        if (model->cycle_time[r].route == route)
            least = fmin(least, model->cycle_time[r].days);
    if (!(least > DAY) || isinf(least))
        TRY(fab_fail(context, FAB_USAGE, "route %s has no day to lose: its cycle time is down to %.6g days", model->route[route].route, isinf(least) ? 0 : least));
    line->candidate = (struct fab_candidate){.what = "cycle_time", .key = model->route[route].route, .unit = "days shorter", .step = DAY};
    TRY(add_number(context, list, "cycle_time", "days", model->route[route].route, -DAY));
out:
    return status;
}

/* ---- yield ---- */

static int compare_dates(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Days as of which the plan reads the yield of a source: starts of periods, and of lots under way. The count; the caller frees. */
static int32_t *find_dates(const fab_plan *plan, int s, int *count)
{
    const fab_terms *terms = plan->terms;
    int32_t *dates = malloc(((size_t)terms->period_count + (size_t)plan->model->wip_count + 1) * sizeof *dates);
    int n = 0, kept = 0;
    for (int t = 0; dates && t < terms->period_count; t++)
        dates[n++] = terms->period[t].date;
    for (int w = 0; dates && w < plan->model->wip_count; w++)
        if (plan->model->wip[w].source == s)
            dates[n++] = plan->model->wip[w].start_date;
    if (dates)
        qsort(dates, (size_t)n, sizeof *dates, compare_dates);
    for (int k = 0; dates && k < n; k++)
        if (k == 0 || dates[k] != dates[kept - 1])
            dates[kept++] = dates[k];
    *count = kept;
    return dates;
}

static bool has_rows(const fab_model *model, int s)
{
    for (int r = 0; r < model->source_yield_count; r++)
        if (model->source_yield[r].source == s)
            return true;
    return false;
}

/* What is improved: unit yield, or where that is 1 line yield. */
struct improved {
    const fab_model *model;
    int source;
    bool line_yield;
    double step;
};

/* A source whose process gives its yield gets rows of its own. */
static fab_status add_row(fab_context *context, struct fab_change_list *list, const struct improved *improved, int32_t date)
{
    char value[VALUE_SIZE], text[FAB_DATE_TEXT_SIZE];
    double yield[2];
    const char *id = fab_change_escape(list->arena, improved->model->source[improved->source].source);
    fab_source_yields_at(improved->model, improved->source, date, &yield[1], &yield[0]);
    yield[improved->line_yield] += improved->step;
    snprintf(value, sizeof value, "source=%s;from_date=%s;line_yield=%.17g;unit_yield=%.17g", id ? id : "", fab_date_print(date, text), fmin(1, yield[1]), fmin(1, yield[0]));
    return add_change(context, list, &(struct fab_change){.table = "source_yield", .key = "", .column = "", .operation = FAB_CHANGE_INSERT, .value = id ? value : NULL});
}

/* The largest yield that is read, so that a step more is one. */
static double find_largest(const struct improved *improved, const int32_t *dates, int count)
{
    const fab_model *model = improved->model;
    double yield[2], largest = 0;
    for (int k = 0; k < count; k++) {
        fab_source_yields_at(model, improved->source, dates[k], &yield[1], &yield[0]);
        largest = fmax(largest, isnan(yield[improved->line_yield]) ? 1 : yield[improved->line_yield]);
    }
    for (int r = 0; r < model->source_yield_count; r++)
        if (model->source_yield[r].source == improved->source)
            largest = fmax(largest, improved->line_yield ? model->source_yield[r].line_yield : model->source_yield[r].unit_yield);
    return largest;
}

static fab_status add_rows(fab_context *context, struct fab_change_list *list, const struct improved *improved, const int32_t *dates, int count)
{
    fab_status status = FAB_OK;
    const char *id = improved->model->source[improved->source].source;
    if (has_rows(improved->model, improved->source))
        return add_number(context, list, "source_yield", improved->line_yield ? "line_yield" : "unit_yield", id, improved->step);
    for (int k = 0; k < count; k++)
        TRY(add_row(context, list, improved, dates[k]));
out:
    return status;
}

static fab_status improve(fab_context *context, const fab_plan *plan, int s, struct fab_value_line *line, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    struct improved improved = {.model = plan->model, .source = s};
    const char *id = plan->model->source[s].source;
    int count = 0;
    int32_t *dates = find_dates(plan, s, &count);
    TRY_MEMORY(context, dates);
    improved.step = fmin(POINT, 1 - find_largest(&improved, dates, count));
    if (!(improved.step > 0)) {
        improved.line_yield = true;
        improved.step = fmin(POINT, 1 - find_largest(&improved, dates, count));
    }
    if (!(improved.step > 0))
        TRY(fab_fail(context, FAB_USAGE, "the yield of source %s is 1 already", id));
    line->candidate = (struct fab_candidate){.what = "yield", .key = id, .unit = improved.line_yield ? "of line yield" : "of unit yield", .step = improved.step};
    TRY(add_rows(context, list, &improved, dates, count));
out:
    free(dates);
    return status;
}

fab_status fab_coefficient_plan(fab_context *context, const struct fab_standing *standing, const struct fab_question *question, struct fab_value_line *line, fab_model **model, fab_plan **other)
{
    fab_status status = FAB_OK;
    struct fab_change_list *list = NULL;
    *line = (struct fab_value_line){.holds_to = (double)NAN};
    *model = NULL;
    *other = NULL;
    TRY_MEMORY(context, list = fab_change_list_new());
    if (question->subject == FAB_SUBJECT_YIELD)
        TRY(improve(context, standing->plan, question->index, line, list));
    else
        TRY(shorten(context, standing->plan->model, question->index, line, list));
    TRY(fab_model_change(context, standing->planned.model, list, model));
    TRY(fab_standing_other(context, standing, *model, other));
    if ((*other)->outcome != FAB_OPTIMAL) {
        fab_plan_free(*other);
        *other = NULL;
    }
out:
    fab_change_list_free(list);
    return status;
}
