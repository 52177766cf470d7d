/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loops.h"

#include "bills.h"
#include "fail.h"
#include "lp.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room of the search for substitutes and for what is missing, against one start in all. */
#define ROOM 1e9
/* What is missing of a mix, of what it takes, is rounding below this. */
#define NOTHING 1e-9

/* One loop in one period. */
struct search {
    const fab_terms *terms;
    int period;
    const bool *reach; /* [item x item]: goes into, over any number of bills and substitutes */
    int root;          /* an item on the loop */
    fab_lp *lp;
    int *row;          /* [item]: its balance; FAB_NONE: not on the loop */
    int all;           /* row: all starts are one */
    struct step *step; /* [column] */
    int steps;
};

/* A column: starts of a source, in part with a substitute. */
struct step {
    int source; /* FAB_NONE: a substitute alone, or what is missing */
    int takes, gives;
    double taken, given;
};

static bool on_loop(const struct search *search, int item)
{
    int n = search->terms->model->item_count;
    return search->reach[item * n + search->root] && search->reach[search->root * n + item];
}

/* Share of an output that comes back in the period in which a component is taken. */
static double comes_back(const fab_terms *terms, int s, int t, const struct fab_bill *bill, int o)
{
    const struct fab_source_terms *source = &terms->source[s];
    double apart = (source->at_frac[o * terms->period_count + t] - bill->at_frac) * source->period[t].lead_days;
    return fmin(1, fmax(0, 1 - apart / terms->period[t].days));
}

static fab_status put(fab_context *context, struct search *search, int item, int column, double units)
{
    fab_status status = FAB_OK;
    struct step *step = &search->step[column];
    step->takes += units < 0;
    step->gives += units > 0;
    *(units < 0 ? &step->taken : &step->given) += fabs(units);
    TRY_MEMORY(context, fab_lp_add(search->lp, search->row[item], column, units));
out:
    return status;
}

/* The item that is taken for a row of a bill; `instead` may serve for it. */
static int taken_of(const struct fab_bill *bill, const struct fab_substitute *instead)
{
    return instead && bill->item == instead->instead_of ? instead->item : bill->item;
}

/* A column of starts; `instead` serves for its item in the bill, NULL: none does. */
static fab_status add_starts(fab_context *context, struct search *search, int s, const struct fab_substitute *instead)
{
    fab_status status = FAB_OK;
    const fab_terms *terms = search->terms;
    const struct fab_source_terms *source = &terms->source[s];
    int t = search->period, column;
    TRY_MEMORY(context, (column = fab_lp_add_column(search->lp, terms->model->source[s].source, 0, 1, 0)) != FAB_NONE);
    search->step[search->steps++] = (struct step){.source = s};
    for (int k = 0; k < source->bill_count; k++) {
        const struct fab_bill *bill = &source->bill[k];
        int item = taken_of(bill, instead);
        if (fab_bills_holds(bill, terms->period[t].date) && on_loop(search, item))
            TRY(put(context, search, item, column, -bill->units * (item != bill->item ? instead->rate : 1)));
    }
    for (int o = 0; o < source->output_count; o++) {
        double back = 0;
        for (int k = 0; k < source->bill_count; k++)
            if (fab_bills_holds(&source->bill[k], terms->period[t].date) && on_loop(search, taken_of(&source->bill[k], instead)))
                back = fmax(back, comes_back(terms, s, t, &source->bill[k], o));
        double units = source->period[t].good_units * source->share[o * terms->period_count + t] * back;
        if (units > 0 && on_loop(search, source->output[o].item))
            TRY(put(context, search, source->output[o].item, column, units));
    }
    if (search->step[column].takes > 0 && search->step[column].gives > 0) /* starts that leave the loop, or come into it, are no part of it */
        TRY_MEMORY(context, fab_lp_add(search->lp, search->all, column, 1));
    else
        search->lp->column[column].upper = 0;
out:
    return status;
}

static bool in_force(const struct search *search, const struct fab_substitute *row)
{
    return fab_terms_starts_inside(search->terms, search->period, row->from_date, row->to_date);
}

static fab_status add_source(fab_context *context, struct search *search, int s)
{
    fab_status status = FAB_OK;
    const fab_model *model = search->terms->model;
    TRY(add_starts(context, search, s, NULL));
    for (int j = 0; j < model->substitute_count; j++) {
        const struct fab_substitute *row = &model->substitute[j];
        if (row->consumer && in_force(search, row) && strcmp(row->consumer, model->item[model->source[s].item].item) == 0)
            TRY(add_starts(context, search, s, row));
    }
out:
    return status;
}

static fab_status add_substitute(fab_context *context, struct search *search, const struct fab_substitute *row)
{
    fab_status status = FAB_OK;
    int column;
    if (row->consumer || !in_force(search, row) || !on_loop(search, row->item) || !on_loop(search, row->instead_of))
        return FAB_OK;
    TRY_MEMORY(context, (column = fab_lp_add_column(search->lp, "substitute", 0, ROOM, 0)) != FAB_NONE);
    search->step[search->steps++] = (struct step){.source = FAB_NONE};
    TRY(put(context, search, row->item, column, -row->rate));
    TRY(put(context, search, row->instead_of, column, 1));
out:
    return status;
}

/* Balances of the loop's items, what is missing of each at a cost, and one start in all. */
static fab_status make_program(fab_context *context, struct search *search)
{
    fab_status status = FAB_OK;
    const fab_model *model = search->terms->model;
    TRY_MEMORY(context, (search->all = fab_lp_add_row(search->lp, "all", 1, 1)) != FAB_NONE);
    for (int i = 0; i < model->item_count; i++) {
        int column;
        search->row[i] = FAB_NONE;
        if (!on_loop(search, i))
            continue;
        TRY_MEMORY(context, (search->row[i] = fab_lp_add_row(search->lp, model->item[i].item, 0, (double)INFINITY)) != FAB_NONE);
        TRY_MEMORY(context, (column = fab_lp_add_column(search->lp, "missing", 0, ROOM, -1)) != FAB_NONE && fab_lp_add(search->lp, search->row[i], column, 1));
        search->step[search->steps++] = (struct step){.source = FAB_NONE};
    }
    for (int s = 0; s < model->source_count; s++)
        if (search->terms->source[s].period[search->period].available)
            TRY(add_source(context, search, s));
    for (int j = 0; j < model->substitute_count; j++)
        TRY(add_substitute(context, search, &model->substitute[j]));
    TRY(fab_lp_seal(context, search->lp));
out:
    return status;
}

/* ---- what was found ---- */

static void add_word(char text[FAB_LOOP_TEXT_SIZE], const char *separator, const char *word)
{
    size_t length = strlen(text);
    snprintf(text + length, FAB_LOOP_TEXT_SIZE - length, "%s%s", length > 0 ? separator : "", word);
}

static void list_members(const struct search *search, char *members, size_t size)
{
    const fab_model *model = search->terms->model;
    *members = '\0';
    for (int i = 0; i < model->item_count; i++)
        if (on_loop(search, i) && strlen(members) + 80 < size)
            snprintf(members + strlen(members), size - strlen(members), "%s%s", *members ? ", " : "", model->item[i].item);
}

static void describe(const struct search *search, const double *x, char text[FAB_LOOP_TEXT_SIZE])
{
    const fab_model *model = search->terms->model;
    char members[FAB_LOOP_TEXT_SIZE / 2], mix[FAB_LOOP_TEXT_SIZE] = "", part[FAB_LOOP_TEXT_SIZE / 4];
    double product = 1;
    bool one_way = true;
    list_members(search, members, sizeof members);
    for (int c = 0; c < search->steps; c++) {
        const struct step *step = &search->step[c];
        if (x[c] <= NOTHING || step->takes + step->gives == 0)
            continue;
        one_way = one_way && step->takes == 1 && step->gives == 1;
        product *= step->taken > 0 ? step->given / step->taken : 1;
        snprintf(part, sizeof part, "%s %.4g", step->source == FAB_NONE ? "substitutes" : model->source[step->source].source, x[c]);
        add_word(mix, ", ", part);
    }
    if (one_way)
        snprintf(mix, sizeof mix, "the product around the loop, units out per unit in, is %.6g and must be below 1", product);
    else
        add_word(mix, " ", "(starts) give back at least as much as they take, and must give back less");
    snprintf(text, FAB_LOOP_TEXT_SIZE, "a loop of bills feeds itself within period %s (items %.400s): %.500s", search->terms->period[search->period].name, members, mix);
}

/* Solves one loop in one period. */
static fab_status try_loop(fab_context *context, struct search *search, int *source, char text[FAB_LOOP_TEXT_SIZE])
{
    fab_status status = FAB_OK;
    const fab_model *model = search->terms->model;
    fab_lp_solution *found = NULL;
    size_t columns = (size_t)model->item_count + (size_t)(model->source_count + 1) * (size_t)(model->substitute_count + 1) + (size_t)model->substitute_count;
    double missing = 0, taken = 0;
    bool starts = false;
    search->steps = 0;
    TRY_MEMORY(context, search->lp = fab_lp_new("loop"));
    TRY_MEMORY(context, search->row = calloc((size_t)model->item_count + 1, sizeof *search->row));
    TRY_MEMORY(context, search->step = calloc(columns, sizeof *search->step));
    TRY(make_program(context, search));
    for (int c = 0; c < search->steps; c++)
        starts = starts || (search->step[c].source != FAB_NONE && search->lp->column[c].upper > 0);
    if (!starts)
        goto out;
    TRY(fab_lp_solve(context, search->lp, NULL, &found));
    for (int c = 0; found->x && c < search->steps; c++) {
        missing -= search->lp->column[c].objective * found->x[c];
        taken += search->step[c].taken * found->x[c];
    }
    if (!found->x || missing > NOTHING * taken)
        goto out;
    describe(search, found->x, text);
    for (int c = 0; c < search->steps; c++)
        if (search->step[c].source != FAB_NONE && found->x[c] > NOTHING)
            *source = search->step[c].source;
out:
    fab_lp_solution_free(found);
    fab_lp_free(search->lp);
    free(search->row);
    free(search->step);
    return status;
}

/* ---- which items are on a loop ---- */

static void add_edges(const fab_terms *terms, bool *reach)
{
    const fab_model *model = terms->model;
    int n = model->item_count;
    for (int j = 0; j < model->substitute_count; j++)
        if (!model->substitute[j].consumer)
            reach[model->substitute[j].item * n + model->substitute[j].instead_of] = true;
    for (int s = 0; s < model->source_count; s++)
        for (int o = 0; o < terms->source[s].output_count; o++) {
            int output = terms->source[s].output[o].item;
            for (int k = 0; k < terms->source[s].bill_count; k++)
                reach[terms->source[s].bill[k].item * n + output] = true;
            for (int j = 0; terms->source[s].bill_count > 0 && j < model->substitute_count; j++)
                if (model->substitute[j].consumer && strcmp(model->substitute[j].consumer, model->item[model->source[s].item].item) == 0)
                    reach[model->substitute[j].item * n + output] = true;
        }
}

static void close(bool *reach, int n)
{
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; reach[i * n + k] && j < n; j++)
                reach[i * n + j] = reach[i * n + j] || reach[k * n + j];
}

static bool is_first(const bool *reach, int n, int item)
{
    bool first = reach[item * n + item];
    for (int i = 0; i < item && first; i++)
        first = !(reach[i * n + item] && reach[item * n + i]);
    return first;
}

/* [items x items] which items lead to which, by any way; NULL when memory is short. Free it. */
static bool *find_reach(const fab_terms *terms)
{
    int n = terms->model->item_count;
    bool *reach = calloc((size_t)n * (size_t)n + 1, sizeof *reach);
    if (!reach)
        return NULL;
    add_edges(terms, reach);
    close(reach, n);
    return reach;
}

fab_status fab_loops_find(fab_context *context, const fab_terms *terms, int *source, char text[FAB_LOOP_TEXT_SIZE])
{
    fab_status status = FAB_OK;
    int n = terms->model->item_count;
    bool *reach = find_reach(terms);
    *text = '\0';
    TRY_MEMORY(context, reach);
    for (int i = 0; i < n && !*text; i++)
        for (int t = 0; is_first(reach, n, i) && t < terms->period_count && !*text; t++)
            TRY(try_loop(context, &(struct search){.terms = terms, .period = t, .reach = reach, .root = i}, source, text));
out:
    free(reach);
    return status;
}

fab_status fab_loops_check(fab_context *context, const fab_terms *terms)
{
    fab_status status = FAB_OK;
    char text[FAB_LOOP_TEXT_SIZE];
    int source = 0;
    TRY(fab_loops_find(context, terms, &source, text));
    if (!*text)
        return FAB_OK;
    const fab_finding finding = {.code = "check_loop", .table = "source", .key = terms->model->source[source].source, .column = "item"};
    fab_find(context, FAB_LEVEL_FINDING, &finding, "source %s: %s", terms->model->source[source].source, text);
    status = fab_fail_as(context, FAB_INPUT, "check_loop", "%s", text);
out:
    return status;
}

/* ---- loops that are allowed ---- */

static bool has_bill(const struct search *search)
{
    const fab_terms *terms = search->terms;
    for (int s = 0; s < terms->model->source_count; s++) {
        bool takes = false, gives = false;
        for (int k = 0; k < terms->source[s].bill_count; k++)
            takes = takes || on_loop(search, terms->source[s].bill[k].item);
        for (int o = 0; o < terms->source[s].output_count; o++)
            gives = gives || on_loop(search, terms->source[s].output[o].item);
        if (takes && gives)
            return true;
    }
    return false;
}

fab_status fab_loops_note(fab_context *context, const fab_terms *terms)
{
    fab_status status = FAB_OK;
    int n = terms->model->item_count;
    bool *reach = find_reach(terms);
    TRY_MEMORY(context, reach);
    for (int i = 0; i < n; i++) {
        const struct search search = {.terms = terms, .reach = reach, .root = i};
        char members[FAB_LOOP_TEXT_SIZE / 2];
        if (!is_first(reach, n, i) || !has_bill(&search))
            continue;
        list_members(&search, members, sizeof members);
        fab_say(context, FAB_LEVEL_NOTE, strchr(members, ',') ? "items %s go into each other, a loop of bills: pegging, unit costs and explanations follow it once around"
                                                              : "item %s goes into itself, a loop of bills: pegging, unit costs and explanations follow it once around", members);
    }
out:
    free(reach);
    return status;
}
