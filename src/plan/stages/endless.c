/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endless.h"

#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Starts that the search may make of each source and period, and room for all that comes of them. */
#define SOME_STARTS 1.0
#define ROOM 1e9
/* Gain of the search, of the largest money in it, below which it is rounding. */
#define NOTHING 1e-9

static bool line_limits(const fab_terms *terms, int s, int t)
{
    const fab_model *model = terms->model;
    for (int r = 0; r < model->line_limit_count; r++) {
        const struct fab_line_limit *row = &model->line_limit[r];
        if (row->line == model->source[s].line && !isnan(row->max_starts_per_week) && fab_terms_starts_inside(terms, t, row->from_date, row->to_date))
            return true;
    }
    return false;
}

static bool is_unlimited(const fab_terms *terms, int s, int t)
{
    const struct fab_source_period *at = &terms->source[s].period[t];
    return at->available && at->load_count == 0 && isnan(at->max_starts) && !line_limits(terms, s, t);
}

/* How much of a column the search may use: 0 of all that the data limit. */
static double room_of(const fab_program *program, struct fab_tag tag)
{
    const fab_terms *terms = program->terms;
    switch (tag.family) {
    case FAB_X: return is_unlimited(terms, tag.a, tag.period) ? SOME_STARTS : 0;
    case FAB_I: return !terms->unstocked[tag.a] && isnan(terms->max_stock[tag.a * terms->period_count + tag.period]) ? ROOM : 0;
    case FAB_Z: return ROOM;
    case FAB_M: return terms->model->substitute[tag.a].consumer ? 0 : ROOM; /* those of one consumer replace what is used: they make nothing */
    default: return 0;
    }
}

static bool is_possible(const fab_program *program)
{
    const fab_terms *terms = program->terms;
    bool worth = false;
    for (int i = 0; i < terms->model->item_count; i++)
        worth = worth || terms->model->end_value_frac * terms->model->item[i].unit_value_usd > 0;
    for (int s = 0; worth && s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++)
            if (is_unlimited(terms, s, t))
                return true;
    return false;
}

/* The balances without what is there already; column[] gets the place of each column of the search in the program. */
static fab_status make_search(fab_context *context, const fab_program *program, fab_lp *search, int *row, int *column)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = program->lp;
    for (int i = 0; i < lp->row_count; i++) {
        row[i] = lp->row[i].tag.family == FAB_BAL ? fab_lp_add_row(search, lp->row[i].name, 0, 0) : FAB_NONE;
        TRY_MEMORY(context, row[i] != FAB_NONE || lp->row[i].tag.family != FAB_BAL);
    }
    for (int j = 0; j < lp->column_count; j++) {
        double room = room_of(program, lp->column[j].tag);
        if (room == 0)
            continue;
        int added = fab_lp_add_column(search, lp->column[j].name, 0, room, lp->column[j].objective);
        TRY_MEMORY(context, added != FAB_NONE);
        column[added] = j;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (row[lp->row_index[k]] != FAB_NONE)
                TRY_MEMORY(context, fab_lp_add(search, row[lp->row_index[k]], added, lp->value[k]));
    }
    TRY(fab_lp_seal(context, search));
out:
    return status;
}

/* The item of a source that is worth something in the end, in store or on its way; FAB_NONE: its units are only used for others. */
static int item_worth(const fab_program *program, const double *x, struct fab_tag tag)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_terms *source = &terms->source[tag.a];
    for (int o = 0; o < source->output_count; o++) {
        int item = source->output[o].item, stock = fab_program_at(program, FAB_I, item, terms->period_count - 1);
        if (terms->model->item[item].unit_value_usd > 0 && source->output[o].amount > 0 && (x[stock] > 0 || source->period[tag.period].behind > 0))
            return item;
    }
    return FAB_NONE;
}

/* The first source whose own item is worth something in the end; else the first one, and what its item serves as. */
static void name_first(const fab_program *program, const double *x, int *item, int *source)
{
    const fab_lp *lp = program->lp;
    int last = program->terms->period_count - 1;
    for (int j = 0; j < lp->column_count; j++)
        if (lp->column[j].tag.family == FAB_X && x[j] > 0) {
            int worth = item_worth(program, x, lp->column[j].tag);
            if (*source == FAB_NONE || worth != FAB_NONE)
                *source = lp->column[j].tag.a;
            *item = worth;
            if (worth != FAB_NONE)
                return;
        }
    for (int i = 0; i < program->terms->model->item_count && *source != FAB_NONE; i++)
        if (x[fab_program_at(program, FAB_I, i, last)] > 0 && program->terms->model->item[i].unit_value_usd > 0)
            *item = i;
}

fab_status fab_endless_find(fab_context *context, const fab_program *program, int *item, int *source)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = program->lp;
    fab_lp *search = NULL;
    fab_lp_solution *found = NULL;
    int *row = NULL, *column = NULL;
    double *x = NULL, gain = 0, largest = 0;
    *item = *source = FAB_NONE;
    if (!is_possible(program))
        return FAB_OK;
    TRY_MEMORY(context, search = fab_lp_new("money without end"));
    TRY_MEMORY(context, row = malloc(((size_t)lp->row_count + 1) * sizeof *row));
    TRY_MEMORY(context, column = malloc(((size_t)lp->column_count + 1) * sizeof *column));
    TRY_MEMORY(context, x = calloc((size_t)lp->column_count + 1, sizeof *x));
    TRY(make_search(context, program, search, row, column));
    TRY(fab_lp_solve(context, search, NULL, &found));
    for (int j = 0; found->x && j < search->column_count; j++) {
        x[column[j]] = found->x[j];
        gain += search->column[j].objective * found->x[j];
        largest = fmax(largest, fabs(search->column[j].objective * found->x[j]));
    }
    if (gain > NOTHING * largest)
        name_first(program, x, item, source);
out:
    fab_lp_solution_free(found);
    fab_lp_free(search);
    free(row);
    free(column);
    free(x);
    return status;
}

void fab_endless_text(const fab_model *model, int item, int source, char text[FAB_ENDLESS_TEXT_SIZE])
{
    snprintf(text, FAB_ENDLESS_TEXT_SIZE,
             "item %s makes money without end: at the horizon's end it is worth more than it costs from source %s, which nothing limits: give a maximum in source_limit, max_stock, or a lower unit_value_usd",
             model->item[item].item, model->source[source].source);
}

fab_status fab_endless_fail(fab_context *context, const fab_model *model, int item, int source)
{
    char text[FAB_ENDLESS_TEXT_SIZE];
    const fab_finding finding = {.code = "check_endless", .table = "item", .key = model->item[item].item, .column = "unit_value_usd"};
    fab_endless_text(model, item, source, text);
    fab_find(context, FAB_LEVEL_FINDING, &finding, "%s", text);
    return fab_fail_as(context, FAB_INPUT, "check_endless", "item %s and source %s make money without end: there is no best plan", model->item[item].item, model->source[source].source);
}

fab_status fab_endless_check(fab_context *context, const fab_program *program)
{
    fab_status status = FAB_OK;
    int item, source;
    TRY(fab_endless_find(context, program, &item, &source));
    if (item != FAB_NONE)
        TRY(fab_endless_fail(context, program->terms->model, item, source));
out:
    return status;
}
