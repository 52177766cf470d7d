/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "held_reasons.h"

#include "array.h"
#include "difference.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Limits that differ by less are the same, and multipliers below it, relative to the objective and the coefficient, are none. */
#define SAME 1e-9

struct input {
    const char *table, *key, *column, *before, *after;
};

struct fab_held_reasons {
    fab_context *context;
    const struct fab_held_old *old;
    const fab_plan *plan;
    fab_arena *arena;
    struct input *input;
    int input_count, input_capacity;
};

/* ---- inputs ---- */

static const char *keep(struct fab_held_reasons *reasons, const char *text)
{
    return fab_arena_dup(reasons->arena, text ? text : "none");
}

static fab_status take_difference(void *user, const struct fab_difference *difference)
{
    struct fab_held_reasons *reasons = user;
    const char *column = difference->column ? difference->column : "";
    if (strcmp(column, "name") == 0)
        return FAB_OK;
    if (!FAB_ARRAY_ROOM(&reasons->input, reasons->input_count, &reasons->input_capacity))
        return fab_fail_memory(reasons->context);
    struct input *input = &reasons->input[reasons->input_count++];
    *input = (struct input){keep(reasons, difference->table), keep(reasons, difference->key), keep(reasons, column), keep(reasons, difference->before), keep(reasons, difference->after)};
    return input->table && input->key && input->column && input->before && input->after ? FAB_OK : fab_fail_memory(reasons->context);
}

fab_status fab_held_reasons_new(fab_context *context, const struct fab_held_old *old, const fab_plan *plan, struct fab_held_reasons **result)
{
    fab_status status = FAB_OK;
    struct fab_held_reasons *reasons = calloc(1, sizeof *reasons);
    TRY_MEMORY(context, reasons);
    *reasons = (struct fab_held_reasons){.context = context, .old = old, .plan = plan, .arena = fab_arena_new()};
    TRY_MEMORY(context, reasons->arena);
    if (!plan->model->before)
        TRY(fab_model_differ(context, old->model, plan->model, take_difference, reasons));
    *result = reasons;
    reasons = NULL;
out:
    fab_held_reasons_free(reasons);
    return status;
}

void fab_held_reasons_free(struct fab_held_reasons *reasons)
{
    if (!reasons)
        return;
    fab_arena_free(reasons->arena);
    free(reasons->input);
    free(reasons);
}

/* Whether an id is one of the key's parts. */
static bool names(const char *key, const char *id)
{
    size_t length = id ? strlen(id) : 0;
    for (const char *at = key; length > 0 && (at = strstr(at, id)) != NULL; at++)
        if ((at == key || at[-1] == '/') && (at[length] == '\0' || at[length] == '/'))
            return true;
    return false;
}

static bool write_input(const struct fab_held_reasons *reasons, const char *id, char text[FAB_HELD_TEXT])
{
    for (int n = 0; n < reasons->input_count; n++) {
        const struct input *input = &reasons->input[n];
        if (!names(input->key, id))
            continue;
        snprintf(text, FAB_HELD_TEXT, "%s %s%s%s: %s, now %s", input->table, input->key, *input->column ? " " : "", input->column, input->before, input->after);
        return true;
    }
    return false;
}

/* Orders of what an item goes into, and of itself. */
static bool write_order(const struct fab_held_reasons *reasons, int item, int level, char text[FAB_HELD_TEXT])
{
    enum { MOST_LEVELS = 8 };
    const fab_model *model = reasons->plan->model;
    for (int d = 0; d < model->demand_count; d++)
        if (model->demand[d].item == item && write_input(reasons, model->demand[d].demand, text))
            return true;
    for (int b = 0; b < model->bom_count && level < MOST_LEVELS; b++)
        if (model->bom[b].component == item && write_order(reasons, model->bom[b].item, level + 1, text))
            return true;
    for (int o = 0; o < model->source_output_count && level < MOST_LEVELS; o++)
        if (model->source[model->source_output[o].source].item == item && model->source_output[o].item != item && write_order(reasons, model->source_output[o].item, level + 1, text))
            return true;
    return false;
}

static bool write_near_source(const struct fab_held_reasons *reasons, int s, char text[FAB_HELD_TEXT])
{
    const fab_model *model = reasons->plan->model;
    const struct fab_source *source = &model->source[s];
    const struct fab_source_terms *terms = &reasons->plan->terms->source[s];
    if (write_input(reasons, source->source, text) || (source->route != FAB_NONE && write_input(reasons, model->route[source->route].route, text)) ||
        (source->process != FAB_NONE && write_input(reasons, model->process[source->process].process, text)) || write_input(reasons, model->item[source->item].item, text) ||
        write_order(reasons, source->item, 0, text) || write_input(reasons, model->line[source->line].line, text))
        return true;
    for (int k = 0; k < terms->step_count; k++)
        if (write_input(reasons, model->tool_group[terms->step[k].tool_group].tool_group, text))
            return true;
    for (int c = 0; c < terms->component_count; c++)
        if (write_input(reasons, model->item[terms->component[c].item].item, text))
            return true;
    return false;
}

/* What the limit is about comes first, then what is nearest to the decision. */
static void find_input(const struct fab_held_reasons *reasons, struct fab_tag tag, int row, char text[FAB_HELD_TEXT])
{
    const fab_model *model = reasons->plan->model;
    struct fab_label label;
    if (row != FAB_NONE) {
        fab_program_label(reasons->plan->program, reasons->plan->program->lp->row[row].tag, &label);
        if (write_input(reasons, label.subject, text))
            return;
    }
    if (tag.family == FAB_N || tag.family == FAB_R) {
        if (!write_input(reasons, model->tool_group[tag.a].tool_group, text))
            write_input(reasons, model->line[model->tool_group[tag.a].line].line, text);
    } else {
        write_near_source(reasons, tag.family == FAB_X ? tag.a : reasons->plan->terms->wip[tag.a].source, text);
    }
}

/* ---- limits ---- */

static int find_old_row(const struct fab_held_reasons *reasons, int row)
{
    const fab_lp *old = reasons->old->lp;
    const char *name = reasons->plan->program->lp->row[row].name;
    for (int n = 0; n < old->row_count; n++) {
        int i = (row + n) % old->row_count;
        if (strcmp(old->row[i].name, name) == 0)
            return i;
    }
    return FAB_NONE;
}

/* A limit of a decision, now and before. */
struct limit {
    int row;
    double now, before;             /* NAN: it does not bind */
    double usd;                     /* of the decision's hold on it */
};

static double bound_of(const struct fab_lp_row *row, double multiplier)
{
    return multiplier > 0 ? row->upper : row->lower;
}

static void look_at(const struct fab_held_reasons *reasons, int row, double value, struct limit *limit)
{
    const fab_plan *plan = reasons->plan;
    int old = find_old_row(reasons, row);
    double least = SAME * fmax(1, fabs(plan->certificate.objective)) / 1e3, now = plan->solution->multiplier[row] * value;
    double before = old == FAB_NONE ? 0 : reasons->old->multiplier[old] * value;
    *limit = (struct limit){row, (double)NAN, (double)NAN, fmax(fabs(now), fabs(before))};
    if (fabs(now) > least)
        limit->now = bound_of(&plan->program->lp->row[row], plan->solution->multiplier[row]);
    if (fabs(before) > least)
        limit->before = bound_of(&reasons->old->lp->row[old], reasons->old->multiplier[old]);
}

static bool is_other(const struct limit *limit)
{
    if (isnan(limit->now) || isnan(limit->before))
        return isnan(limit->now) != isnan(limit->before);
    return fabs(limit->now - limit->before) > SAME * fmax(1, fabs(limit->before));
}

/* Limits that bind now come before those that have ceased to; the one that costs most first. */
static bool is_better(const struct limit *a, const struct limit *b)
{
    if (b->row == FAB_NONE || isnan(a->now) != isnan(b->now))
        return b->row == FAB_NONE || !isnan(a->now);
    return a->usd > b->usd;
}

static void find_limit(const struct fab_held_reasons *reasons, int column, struct limit *best)
{
    const fab_lp *lp = reasons->plan->program->lp;
    *best = (struct limit){.row = FAB_NONE};
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int family = lp->row[lp->row_index[k]].tag.family;
        struct limit limit;
        if (family == FAB_FRZ || !reasons->plan->program->family[family].reason_code || family == FAB_BAL)
            continue;
        look_at(reasons, lp->row_index[k], lp->value[k], &limit);
        if (is_other(&limit) && is_better(&limit, best))
            *best = limit;
    }
}

static void write_limit(const char *name, const struct limit *limit, char text[FAB_HELD_TEXT])
{
    if (isnan(limit->now))
        snprintf(text, FAB_HELD_TEXT, "%.400s bound at %.6g, and does not now", name, limit->before);
    else if (isnan(limit->before))
        snprintf(text, FAB_HELD_TEXT, "%.400s binds at %.6g, and did not before", name, limit->now);
    else
        snprintf(text, FAB_HELD_TEXT, "%.400s binds at %.6g, before at %.6g", name, limit->now, limit->before);
}

void fab_held_reason_of(const struct fab_held_reasons *reasons, int column, struct fab_held_reason *reason)
{
    const fab_lp *lp = reasons->plan->program->lp;
    struct limit limit;
    *reason->binding = *reason->input = '\0';
    find_limit(reasons, column, &limit);
    if (limit.row != FAB_NONE)
        write_limit(lp->row[limit.row].name, &limit, reason->binding);
    find_input(reasons, lp->column[column].tag, limit.row, reason->input);
}
