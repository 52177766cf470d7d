/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "taken_over.h"

#include "answer.h"
#include "standing.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What is below this is rounding, not a decision. */
#define NOTHING 1e-9

/* A plan on the day from which another one goes on. */
struct taking {
    fab_context *context;
    const struct fab_standing *standing;
    const fab_terms *terms;
    const fab_model *model;
    struct fab_taken *taken;
    int last;       /* its last period before the day */
    double elapsed; /* days from its first one to the day */
};

static double value_at(const struct taking *taking, int family, int a, int period)
{
    int column = fab_program_at(taking->standing->plan->program, family, a, period);
    return column == FAB_NONE ? 0 : taking->standing->x[column];
}

static fab_status add(const struct taking *taking, const struct fab_taken_row *row)
{
    return fab_taken_add(taking->taken, row) ? FAB_OK : fab_fail_memory(taking->context);
}

/* ---- the day ---- */

static fab_status find_last(struct taking *taking, int32_t date)
{
    char day[FAB_DATE_TEXT_SIZE], nearest[FAB_DATE_TEXT_SIZE];
    const fab_terms *terms = taking->terms;
    double asked = fab_terms_day(terms, date);
    for (int t = 0; t < terms->horizon_periods; t++)
        if (fabs(terms->period[t].end - asked) < fabs(terms->period[taking->last].end - asked))
            taking->last = t;
    taking->elapsed = terms->period[taking->last].end;
    if (taking->elapsed == asked)
        return FAB_OK;
    return fab_fail_as(taking->context, FAB_USAGE, "request.start", "start '%s': must be the end of a period of plan %lld, from which the new one goes on; the nearest is %s", fab_date_print(date, day),
                       (long long)taking->standing->number, fab_date_print(terms->period[0].date + (int32_t)taking->elapsed, nearest));
}

/* ---- tools, orders, lines, stock ---- */

static fab_status take_tools(const struct taking *taking)
{
    fab_status status = FAB_OK;
    for (int g = 0; g < taking->model->tool_group_count; g++) {
        const struct fab_tool_group *group = &taking->model->tool_group[g];
        for (int t = 0; t <= taking->last; t++) {
            double ordered = value_at(taking, FAB_N, g, t), removed = value_at(taking, FAB_R, g, t), day = taking->terms->period[t].begin - taking->elapsed;
            if (ordered > NOTHING)
                TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_TOOLS, .key = group->tool_group, .begin = day + group->lead_time_days, .quantity = ordered, .usd = ordered * group->price_usd}));
            if (removed > NOTHING)
                TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_TOOLS, .key = group->tool_group, .begin = day, .quantity = -removed}));
        }
    }
out:
    return status;
}

/* The tail's orders are copies of others. */
static fab_status take_shipments(const struct taking *taking)
{
    fab_status status = FAB_OK;
    for (int d = 0; d < taking->terms->horizon_orders; d++) {
        double units = 0;
        for (int t = taking->terms->due_period[d]; t <= taking->terms->latest_period[d] && t <= taking->last; t++)
            units += value_at(taking, FAB_Y, d, t);
        if (units > 0)
            TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_SHIPPED, .key = taking->model->demand[d].demand, .quantity = units}));
    }
out:
    return status;
}

static fab_status take_rates(const struct taking *taking)
{
    fab_status status = FAB_OK;
    const struct fab_period *period = &taking->terms->period[taking->last];
    for (int l = 0; l < taking->model->line_count; l++) {
        double starts = 0;
        for (int s = 0; s < taking->model->source_count; s++)
            if (taking->model->source[s].line == l)
                starts += value_at(taking, FAB_X, s, taking->last);
        TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_RATE, .key = taking->model->line[l].line, .begin = (period->begin + period->end) / 2 - taking->elapsed,
                                                .quantity = starts * FAB_DAYS_PER_WEEK / period->days}));
    }
out:
    return status;
}

static fab_status take_stock(const struct taking *taking)
{
    fab_status status = FAB_OK;
    for (int i = 0; i < taking->model->item_count; i++) {
        double units = value_at(taking, FAB_I, i, taking->last);
        if (units > NOTHING)
            TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_STOCK, .key = taking->model->item[i].item, .quantity = units}));
    }
out:
    return status;
}

/* ---- what is under way ---- */

/* Something of it is still to come: what arrives on the day itself is. */
static bool is_under_way(const struct taking *taking, double begin, double end, double days)
{
    return end > begin ? end + days > taking->elapsed : begin + days >= taking->elapsed;
}

static fab_status take_starts(const struct taking *taking)
{
    fab_status status = FAB_OK;
    for (int s = 0; s < taking->model->source_count; s++)
        for (int t = 0; t <= taking->last; t++) {
            const struct fab_period *period = &taking->terms->period[t];
            const struct fab_source_period *at = &taking->terms->source[s].period[t];
            double starts = value_at(taking, FAB_X, s, t);
            if (starts > NOTHING && is_under_way(taking, period->begin, period->end, at->lead_days))
                TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_STARTS, .key = taking->model->source[s].source, .begin = period->begin - taking->elapsed,
                                                        .end = period->end - taking->elapsed, .quantity = starts, .start_date = period->date, .lead_days = at->lead_days,
                                                        .good_units = at->good_units}));
        }
out:
    return status;
}

/* "10=1 20=0.5"; NULL: nothing is recorded. *failed: memory is short. */
static char *write_done(const struct taking *taking, const struct fab_wip_group *group, bool *failed)
{
    const struct fab_source_terms *source = &taking->terms->source[group->source];
    enum { STEP = 48 };
    size_t size = (size_t)source->own_step_count * STEP + 1, length = 0;
    char *text = calloc(size, 1);
    *failed = !text;
    for (int k = 0; text && k < source->own_step_count; k++)
        if (group->recorded[k] > 0)
            length += (size_t)snprintf(text + length, size - length, "%s%d=%.17g", length > 0 ? " " : "", source->step[k].step, group->recorded[k]);
    if (length > 0)
        return text;
    free(text);
    return NULL;
}

static bool has_gone(const struct taking *taking, const struct fab_go *go)
{
    return go->period == FAB_NONE ? go->begin < taking->elapsed : go->period <= taking->last;
}

static double wafers_of(const struct taking *taking, int k, const struct fab_go *go)
{
    return taking->standing->x[fab_program_go(taking->standing->plan->program, k, go)];
}

/* The ways in which wafers of a group have gone on; *left: those that have not. */
static fab_status take_gone(const struct taking *taking, int k, struct fab_taken_row *row, double *left)
{
    fab_status status = FAB_OK;
    const struct fab_wip_group *group = &taking->terms->wip[k];
    row->kind = group->begun && group->begun->starts ? FAB_TAKEN_STARTS : FAB_TAKEN_GONE;
    row->lead_days = group->lead_days;
    row->good_units = group->good_units;
    row->start_date = group->start_date;
    for (int w = 0; w < group->go_count; w++) {
        const struct fab_go *go = &group->go[w];
        double wafers = wafers_of(taking, k, go);
        if (!has_gone(taking, go) || wafers <= NOTHING)
            continue;
        *left -= wafers;
        row->quantity = wafers;
        row->begin = go->begin - taking->elapsed;
        row->end = go->end - taking->elapsed;
        if (is_under_way(taking, go->begin, go->end, (1 - group->progress) * group->lead_days))
            TRY(add(taking, row));
    }
out:
    return status;
}

static fab_status take_group(const struct taking *taking, int k)
{
    fab_status status = FAB_OK;
    const struct fab_wip_group *group = &taking->terms->wip[k];
    bool failed = false;
    char *done = write_done(taking, group, &failed);
    double left = group->wafers;
    struct fab_taken_row row = {.key = taking->model->source[group->source].source, .progress = group->progress, .held = group->held, .done = done};
    TRY_MEMORY(taking->context, !failed);
    TRY(take_gone(taking, k, &row, &left));
    if (group->begun || left <= NOTHING * group->wafers)
        goto out;
    TRY(add(taking, &(struct fab_taken_row){.kind = FAB_TAKEN_WAITING, .key = row.key, .begin = fmax(0, group->first_day - taking->elapsed), .quantity = left, .progress = group->progress,
                                            .start_date = group->start_date, .held = group->held, .done = done}));
out:
    free(done);
    return status;
}

/* ---- all of it ---- */

/* What the plan had taken over itself is still bought, and still shipped. */
static fab_status take_before(const struct taking *taking)
{
    fab_status status = FAB_OK;
    const struct fab_taken *before = taking->standing->planned.taken;
    for (int r = 0; before && r < before->count; r++) {
        struct fab_taken_row row = before->row[r];
        if (row.kind > FAB_TAKEN_SHIPPED)
            continue;
        row.begin -= row.kind == FAB_TAKEN_TOOLS ? taking->elapsed : 0;
        TRY(add(taking, &row));
    }
out:
    return status;
}

static fab_status take(const struct taking *taking)
{
    fab_status status = FAB_OK;
    TRY(take_before(taking));
    TRY(take_tools(taking));
    TRY(take_shipments(taking));
    TRY(take_rates(taking));
    TRY(take_stock(taking));
    TRY(take_starts(taking));
    for (int k = 0; k < taking->terms->wip_count; k++)
        TRY(take_group(taking, k));
out:
    return status;
}

fab_status fab_taken_over(fab_context *context, fab *handle, int64_t plan, const char *start, struct fab_taken **result)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    struct taking taking = {.context = context, .standing = &standing};
    char text[FAB_DATE_TEXT_SIZE];
    int32_t date = FAB_DATE_NONE;
    TRY(fab_read_window_date(context, "start", start, text, &date));
    TRY(fab_standing_look(context, handle, plan, &standing));
    taking.terms = standing.plan->terms;
    taking.model = standing.planned.model;
    TRY(find_last(&taking, date));
    TRY_MEMORY(context, taking.taken = fab_taken_new(standing.number, date));
    TRY(take(&taking));
    *result = taking.taken;
    taking.taken = NULL;
out:
    fab_taken_free(taking.taken);
    fab_standing_close(&standing);
    return status;
}
