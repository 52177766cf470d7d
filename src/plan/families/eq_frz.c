/* more[j], less[j] and FRZ[j]: decision j - more + less = the old plan's. In periods that start before freeze_days a start costs ten times what it takes (its cost and its components, at least 1 USD), a tool ten times its
 * price; in later ones `stability` times the cost of a start or the price of a tool.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bills.h"
#include "families.h"
#include "program.h"

#include <math.h>
#include <string.h>

#define FROZEN_FACTOR 10

/* Cost of a start and of its components at their values, of its own day. */
static double direct_usd(const fab_terms *terms, int source, int t)
{
    const struct fab_source_terms *s = &terms->source[source];
    double usd = s->period[t].usd_per_start;
    for (int k = 0; k < s->bill_count; k++)
        if (fab_bills_holds(&s->bill[k], terms->period[t].date))
            usd += s->bill[k].units * terms->model->item[s->bill[k].item].unit_value_usd;
    return fmax(1, usd);
}

/* Period of a decision; at once is the first one. */
static int period_of(struct fab_tag tag)
{
    return tag.period == FAB_NONE ? 0 : tag.period;
}

static double day_of(const fab_terms *terms, struct fab_tag tag)
{
    return tag.family == FAB_GO ? terms->wip[tag.a].first_day : terms->period[tag.period].begin;
}

/* What a unit of change costs; 0: it is free. */
static double change_usd(const fab_terms *terms, struct fab_tag tag, bool frozen)
{
    const struct fab_old_plan *old = terms->model->old;
    int t = period_of(tag);
    if (tag.family == FAB_N || tag.family == FAB_R)
        return (frozen ? FROZEN_FACTOR : old->stability) * terms->model->tool_group[tag.a].price_usd;
    if (tag.family == FAB_X)
        return frozen ? FROZEN_FACTOR * direct_usd(terms, tag.a, t) : old->stability * terms->source[tag.a].period[t].usd_per_start;
    return frozen ? FROZEN_FACTOR * direct_usd(terms, terms->wip[tag.a].source, t) : 0;
}

static bool can_be_held(const fab_terms *terms, struct fab_tag tag)
{
    bool decision = tag.family == FAB_X || tag.family == FAB_N || tag.family == FAB_R || tag.family == FAB_GO || tag.family == FAB_GO_IN;
    bool begun = tag.family == FAB_GO && terms->wip[tag.a].begun;
    return decision && !begun && period_of(tag) < terms->horizon_periods;
}

/* The old plan's value of a name; names come in much the same order, so that the search goes on where it ended. */
static double value_of(const struct fab_old_plan *old, const char *name, int *cursor)
{
    for (int n = 0; n < old->count; n++) {
        int k = (*cursor + n) % old->count;
        if (strcmp(old->value[k].name, name) != 0)
            continue;
        *cursor = (k + 1) % old->count;
        return old->value[k].value;
    }
    return 0;
}

static bool add_held(fab_program *program, int column, bool frozen, double usd, double before)
{
    const fab_terms *terms = program->terms;
    const struct fab_lp_column held = program->lp->column[column];
    int k = program->held_count++, t = period_of(held.tag);
    double cost = -usd * terms->period[t].discount;
    program->held[k] = (struct fab_held){column, before, frozen, usd};
    int more = fab_program_add_column(program, fab_tag_of(FAB_MORE, k, held.tag.period), fmax(held.upper, 1));
    int less = fab_program_add_column(program, fab_tag_of(FAB_LESS, k, held.tag.period), before);
    return more != FAB_NONE && less != FAB_NONE && fab_program_pay(program, more, FAB_MONEY_CHANGE, cost) && fab_program_pay(program, less, FAB_MONEY_CHANGE, cost);
}

bool fab_col_changes(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const struct fab_old_plan *old = terms->model->old;
    int columns = program->lp->column_count, cursor = 0;
    if (!old)
        return true;
    program->held = fab_arena_take(program->lp->arena, (size_t)fab_held_most(terms) + 1, sizeof *program->held);
    if (!program->held)
        return false;
    for (int j = 0; j < columns; j++) {
        struct fab_tag tag = program->lp->column[j].tag;
        if (!can_be_held(terms, tag))
            continue;
        bool frozen = day_of(terms, tag) < old->freeze_days;
        double usd = change_usd(terms, tag, frozen);
        if (usd > 0 && !add_held(program, j, frozen, usd, old->count ? value_of(old, program->lp->column[j].name, &cursor) : 0))
            return false;
    }
    return true;
}

bool fab_eq_frz(fab_program *program)
{
    for (int k = 0; k < program->held_count; k++) {
        const struct fab_held *held = &program->held[k];
        int period = program->lp->column[held->column].tag.period;
        int row = fab_program_add_row(program, fab_tag_of(FAB_FRZ, k, period), held->before, held->before);
        if (row == FAB_NONE || !fab_program_put(program, row, held->column, 1) || !fab_program_put(program, row, fab_program_at(program, FAB_MORE, k, FAB_NONE), -1) ||
            !fab_program_put(program, row, fab_program_at(program, FAB_LESS, k, FAB_NONE), 1))
            return false;
    }
    return true;
}
