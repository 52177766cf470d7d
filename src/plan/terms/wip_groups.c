/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wip_groups.h"

#include "bills.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_lots(const void *left, const void *right)
{
    const struct fab_wip *a = *(const struct fab_wip *const *)left, *b = *(const struct fab_wip *const *)right;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->held != b->held)
        return a->held ? 1 : -1;
    if (a->progress != b->progress)
        return a->progress < b->progress ? -1 : 1;
    return strcmp(a->lot, b->lot);
}

static bool same_kind(const struct fab_wip_group *a, const struct fab_wip_group *b)
{
    return a->source == b->source && a->held == b->held;
}

/* Components that are in the wafers, and outputs that are out of them, by the group's own progress. False when memory is short. */
static bool find_done(fab_terms *terms, struct fab_wip_group *group)
{
    const struct fab_source_terms *source = &terms->source[group->source];
    group->out = fab_arena_take(terms->arena, (size_t)source->output_count, sizeof *group->out);
    group->taken = fab_arena_take(terms->arena, (size_t)source->bill_count, sizeof *group->taken);
    if (!group->out || !group->taken)
        return false;
    for (int o = 0; o < source->output_count; o++) {
        double share, at_frac;
        fab_bills_output_at(terms, group->source, o, group->start_date, &share, &at_frac);
        group->out[o] = at_frac < 1 && at_frac <= group->progress + FAB_SAME_PLACE;
    }
    for (int k = 0; k < source->bill_count; k++)
        group->taken[k] = source->bill[k].at_frac <= group->progress + FAB_SAME_PLACE;
    return true;
}

/* Which steps are recorded as done (share NULL: of all wafers), and what the wafers have taken and given. False when memory is short. */
static bool record_steps(fab_terms *terms, struct fab_wip_group *group, const int done[], const double share[], int count)
{
    const struct fab_source_terms *source = &terms->source[group->source];
    group->recorded = fab_arena_take(terms->arena, (size_t)source->own_step_count, sizeof *group->recorded);
    for (int k = 0, d = 0; group->recorded && k < source->own_step_count; k++) { /* both in order of the step */
        while (d < count && done[d] < source->step[k].step)
            d++;
        if (d < count && done[d] == source->step[k].step)
            group->recorded[k] = share ? share[d] : 1;
    }
    return group->recorded != NULL && find_done(terms, group);
}

/* A lot as a group of its own. False when memory is short. */
static bool make_group(fab_terms *terms, const struct fab_wip *lot, struct fab_wip_group *group)
{
    *group = (struct fab_wip_group){
        .source = lot->source, .held = lot->held, .progress = lot->progress, .wafers = lot->wafers, .start_date = lot->start_date};
    group->first_day = lot->waited ? lot->first_day : lot->held ? terms->model->hold_days : 0;
    return record_steps(terms, group, lot->done, lot->done_share, lot->done_count);
}

/* What is under way is told apart by nothing that is decided: each entry is a group. */
static bool add_begun(fab_terms *terms)
{
    const struct fab_before *before = terms->model->before;
    for (int b = 0; before && b < before->begun_count; b++) {
        const struct fab_begun *begun = &before->begun[b];
        struct fab_wip_group *group = &terms->wip[terms->wip_count++];
        *group = (struct fab_wip_group){.source = begun->source, .held = begun->held, .progress = begun->progress, .wafers = begun->wafers, .start_date = begun->start_date, .first_day = begun->begin, .lead_days = begun->lead_days,
                                        .good_units = begun->good_units, .begun = begun};
        if (!record_steps(terms, group, begun->done, begun->done_share, begun->done_count))
            return false;
    }
    return true;
}

/* Puts a group into another one of its source and status. */
static void join_groups(const fab_terms *terms, struct fab_wip_group *into, const struct fab_wip_group *other)
{
    double wafers = into->wafers + other->wafers;
    for (int k = 0; k < terms->source[into->source].own_step_count; k++)
        into->recorded[k] = (into->wafers * into->recorded[k] + other->wafers * other->recorded[k]) / wafers;
    for (int o = 0; o < terms->source[into->source].output_count; o++)
        into->out[o] = (into->wafers * into->out[o] + other->wafers * other->out[o]) / wafers;
    for (int k = 0; k < terms->source[into->source].bill_count; k++)
        into->taken[k] = (into->wafers * into->taken[k] + other->wafers * other->taken[k]) / wafers;
    if (into->progress != other->progress)
        into->progress = (into->wafers * into->progress + other->wafers * other->progress) / wafers;
    into->start_date = other->start_date < into->start_date ? other->start_date : into->start_date;
    into->wafers = wafers;
}

/* The first of the two neighbours that are closest, FAB_NONE where none are of one source and status. */
static int find_closest(const fab_terms *terms)
{
    int best = FAB_NONE;
    double least = (double)INFINITY;
    for (int k = 0; k + 1 < terms->wip_count; k++) {
        double apart = terms->wip[k + 1].progress - terms->wip[k].progress;
        if (same_kind(&terms->wip[k], &terms->wip[k + 1]) && apart < least) {
            least = apart;
            best = k;
        }
    }
    return best;
}

static void merge_neighbours(fab_context *context, fab_terms *terms)
{
    int found = terms->wip_count;
    for (int k; terms->wip_count > terms->model->wip_groups && (k = find_closest(terms)) != FAB_NONE;) {
        join_groups(terms, &terms->wip[k], &terms->wip[k + 1]);
        terms->wip_count--;
        memmove(&terms->wip[k + 1], &terms->wip[k + 2], (size_t)(terms->wip_count - k - 1) * sizeof *terms->wip);
    }
    if (terms->wip_count < found)
        fab_say(context, FAB_LEVEL_NOTE,
                "starting WIP: %d groups of lots of the same source, progress and status are planned as %d (setting wip_groups): the closest were put together", found,
                terms->wip_count);
}

fab_status fab_wip_groups_make(fab_context *context, fab_terms *terms)
{
    fab_status status = FAB_OK;
    const fab_model *model = terms->model;
    const struct fab_wip **lots;
    size_t most = (size_t)model->wip_count + (model->before ? (size_t)model->before->begun_count : 0);
    TRY_MEMORY(context, terms->wip = fab_arena_take(terms->arena, most, sizeof *terms->wip));
    TRY_MEMORY(context, lots = fab_arena_take(terms->arena, (size_t)model->wip_count, sizeof *lots));
    for (int w = 0; w < model->wip_count; w++)
        lots[w] = &model->wip[w];
    if (model->wip_count > 0)
        qsort(lots, (size_t)model->wip_count, sizeof *lots, compare_lots);
    for (int w = 0; w < model->wip_count; w++) {
        struct fab_wip_group next, *last = terms->wip_count > 0 ? &terms->wip[terms->wip_count - 1] : NULL;
        TRY_MEMORY(context, make_group(terms, lots[w], &next));
        if (last && same_kind(last, &next) && last->progress == next.progress)
            join_groups(terms, last, &next);
        else
            terms->wip[terms->wip_count++] = next;
    }
    merge_neighbours(context, terms);
    TRY_MEMORY(context, add_begun(terms));
out:
    return status;
}
