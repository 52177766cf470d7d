/* Estimating yields: the plan's own symbols beside the history, in one transaction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "terms_build.h"
#include "try.h"
#include "yield_snapshot.h"

#include <stdlib.h>

/* The plan's symbols as estimates need them. */
struct plan_view {
    struct yield_plan plan;
    struct yield_plan_period *period;
    double *units_per_start;
    struct yield_planned *planned;
};

static void free_view(struct plan_view *view)
{
    free(view->period);
    free(view->units_per_start);
    free(view->planned);
}

static bool make_view(const fab_terms *terms, struct plan_view *view)
{
    size_t periods = (size_t)terms->period_count, sources = (size_t)terms->model->source_count;
    view->period = calloc(periods + 1, sizeof *view->period);
    view->units_per_start = calloc(sources + 1, sizeof *view->units_per_start);
    view->planned = calloc(sources * periods + 1, sizeof *view->planned);
    if (!view->period || !view->units_per_start || !view->planned)
        return false;
    for (size_t t = 0; t < periods; t++)
        view->period[t] = (struct yield_plan_period){terms->period[t].name, terms->period[t].date, terms->period[t].days};
    for (size_t s = 0; s < sources; s++) {
        view->units_per_start[s] = terms->source[s].units_per_start;
        for (size_t t = 0; t < periods; t++) {
            const struct fab_source_period *period = &terms->source[s].period[t];
            view->planned[s * periods + t] = (struct yield_planned){period->lead_days, period->line_yield, period->unit_yield};
        }
    }
    view->plan = (struct yield_plan){view->period, terms->period_count, view->units_per_start, view->planned};
    return true;
}

/* Within the transaction: inputs and history are those of one moment. */
static fab_status fit_yields(fab_context *context, fab *handle, const struct yield_fit *fit, int64_t *snapshot)
{
    fab_model *model = NULL;
    fab_terms *terms = NULL;
    struct plan_view view = {0};
    fab_status status = FAB_OK;
    TRY(fab_store_load_model(context, handle->store, &model));
    if (model->calendar_count == 0)
        TRY(fab_fail(context, FAB_INPUT, "calendar: no period; yields to plan with are made for each"));
    TRY(fab_terms_new(context, model, &terms));
    TRY_MEMORY(context, make_view(terms, &view));
    TRY(fab_yield_snapshot_make(context, handle->store, model, &view.plan, fit, snapshot));
out:
    free_view(&view);
    fab_terms_free(terms);
    fab_model_free(model);
    return status;
}

fab_status fab_yield_fit(fab_context *context, fab *handle, const fab_yield_fit_request *request, int64_t *snapshot)
{
    char from[FAB_DATE_TEXT_SIZE], to[FAB_DATE_TEXT_SIZE], *versions = NULL;
    struct yield_fit fit = {.window = FAB_YIELD_ALWAYS, .confidence = request->confidence == 0 ? FAB_YIELD_CONFIDENCE : request->confidence};
    int64_t number = 0;
    bool begun = false;
    fab_status status = FAB_OK;
    if (!(fit.confidence > 0 && fit.confidence < 1))
        TRY(fab_fail(context, FAB_USAGE, "confidence %g is not between 0 and 1", fit.confidence));
    TRY(fab_read_window_date(context, "from", request->from, from, &fit.window.from));
    TRY(fab_read_window_date(context, "to", request->to, to, &fit.window.to));
    fit.from_date = *from ? from : NULL;
    fit.to_date = *to ? to : NULL;
    TRY_MEMORY(context, versions = fab_versions());
    fit.versions = versions;
    TRY(fab_store_begin(context, handle->store));
    begun = true;
    TRY(fit_yields(context, handle, &fit, &number));
    TRY(fab_store_commit(context, handle->store));
    begun = false;
    *snapshot = number;
out:
    if (begun)
        fab_store_rollback(handle->store);
    free(versions);
    return status;
}

fab_status fab_yield_find_snapshot(fab_context *context, fab *handle, int64_t asked, int64_t *snapshot)
{
    return fab_yield_snapshot_find(context, handle->store, asked, snapshot);
}
