/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflict_set.h"

#include "kept.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>

/* A multiplier or reduced cost below this speaks of nothing: prices are about 1. */
#define SPEAKS 1e-9

enum state { AWAY, ASKED, NEEDED };

struct filter {
    fab_context *context;
    struct fab_elastic *elastic;
    const fab_solver_options *options;
    char *state; /* [rows of the solver] */
    int solves;
    bool ended;  /* the time or the solves were not enough */
};

const char *fab_conflict_unit(const fab_program *program, struct fab_tag tag)
{
    return tag.family == FAB_POL ? fab_kept_units[program->kept[tag.a].kind] : program->family[tag.family].unit;
}

static int row_count(const struct filter *filter)
{
    return fab_solver_program(filter->elastic->solver)->row_count;
}

static bool is_member(const struct filter *filter, int row)
{
    return filter->state[row] != AWAY;
}

/* Least excess of what is left; filter->ended when the time or the solves are over. */
static fab_status solve(struct filter *filter, fab_lp_solution **found, double *least)
{
    filter->ended = filter->ended || filter->solves++ >= FAB_CONFLICT_SOLVES;
    if (filter->ended)
        return FAB_OK;
    fab_status status = fab_elastic_solve(filter->context, filter->elastic, filter->options, found, least);
    filter->ended = status == FAB_OK && (!*found || (*found)->outcome != FAB_OPTIMAL);
    return status;
}

/* What is left must be a conflict by itself; *proof says so. */
static fab_status prove(struct filter *filter, fab_lp_solution **proof)
{
    fab_status status = FAB_OK;
    double least = 0;
    TRY(solve(filter, proof, &least));
    filter->ended = filter->ended || !(least > FAB_CONFLICT_LEAST);
out:
    return status;
}

/* Limits of columns that are numbers of the data: those that the proof speaks of become rows, the others are gone. */
static fab_status add_column_limits(struct filter *filter, const fab_lp_solution *least)
{
    fab_status status = FAB_OK;
    struct fab_elastic *elastic = filter->elastic;
    for (int j = 0; j < elastic->columns; j++) {
        int row;
        struct fab_tag tag = fab_solver_program(elastic->solver)->column[j].tag;
        bool limited = tag.family == FAB_X || (tag.family == FAB_I && !elastic->program->terms->unstocked[tag.a]);
        if (!limited || !isfinite(fab_bound_of_data(elastic->program, j)))
            continue;
        if (least->column_status[j] == 'u' && fabs(least->reduced_cost[j]) > SPEAKS) {
            TRY(fab_elastic_add_limit(filter->context, elastic, j, &row));
            filter->state[row] = ASKED;
        } else {
            TRY(fab_elastic_drop_limit(filter->context, elastic, j));
        }
    }
out:
    return status;
}

/* Members are the limits that the proof speaks of; the others, but for what is true of things, are gone. */
static fab_status begin(struct filter *filter, const fab_lp_solution *least)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(filter->context, filter->state = calloc((size_t)filter->elastic->room + 1, 1));
    for (int i = 0; i < filter->elastic->rows; i++) {
        bool identity = fab_elastic_is_identity(filter->elastic, i), speaks = fabs(least->multiplier[i]) > SPEAKS;
        filter->state[i] = !identity && speaks ? ASKED : AWAY;
        fab_elastic_set_price(filter->elastic, i, identity || speaks ? 1 : 0);
    }
    TRY(add_column_limits(filter, least));
out:
    return status;
}

/* What the new proof does not speak of stays away. */
static void leave(struct filter *filter, const fab_lp_solution *proof)
{
    for (int i = 0; i < row_count(filter); i++)
        if (filter->state[i] == ASKED && fabs(proof->multiplier[i]) <= SPEAKS) {
            filter->state[i] = AWAY;
            fab_elastic_set_price(filter->elastic, i, 0);
        }
}

/* Whether the others can hold without a member. */
static fab_status ask(struct filter *filter, int row)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    double least;
    fab_elastic_set_price(filter->elastic, row, 0);
    TRY(solve(filter, &found, &least));
    if (filter->ended)
        goto out;
    if (least > FAB_CONFLICT_LEAST) {
        filter->state[row] = AWAY;
        leave(filter, found);
    } else {
        filter->state[row] = NEEDED;
        fab_elastic_set_price(filter->elastic, row, 1);
    }
out:
    fab_lp_solution_free(found);
    return status;
}

/* ---- what one alone has to give ---- */

static fab_status hold_slack(struct filter *filter, int slack, double upper)
{
    return slack == FAB_NONE ? FAB_OK : fab_solver_set_column_limits(filter->context, filter->elastic->solver, slack, 0, upper);
}

static double room_of(const struct filter *filter, int slack)
{
    return slack == FAB_NONE ? 0 : fab_solver_program(filter->elastic->solver)->column[slack].upper;
}

static fab_status hold(struct filter *filter, int row, double above, double below)
{
    fab_status status = FAB_OK;
    TRY(hold_slack(filter, filter->elastic->above[row], above));
    TRY(hold_slack(filter, filter->elastic->below[row], below));
out:
    return status;
}

/* This member alone may be broken, by as little as can be, in its own units. NAN when that is not found. */
static fab_status find_alone(struct filter *filter, int member, const double room[2], double *alone)
{
    fab_status status = FAB_OK;
    const struct fab_elastic *elastic = filter->elastic;
    fab_lp_solution *found = NULL;
    double least;
    *alone = (double)NAN;
    TRY(hold(filter, member, room[0], room[1]));
    filter->ended = filter->ended || filter->solves++ >= FAB_CONFLICT_SOLVES;
    if (!filter->ended)
        TRY(fab_elastic_solve(filter->context, filter->elastic, filter->options, &found, &least));
    if (found && found->outcome == FAB_OPTIMAL)
        *alone = (elastic->above[member] == FAB_NONE ? 0 : found->x[elastic->above[member]]) + (elastic->below[member] == FAB_NONE ? 0 : found->x[elastic->below[member]]);
    TRY(hold(filter, member, 0, 0));
out:
    fab_lp_solution_free(found);
    return status;
}

/* alone[rows]: of every member. */
static fab_status find_each_alone(struct filter *filter, double alone[])
{
    fab_status status = FAB_OK;
    const struct fab_elastic *elastic = filter->elastic;
    int rows = row_count(filter);
    double(*room)[2] = calloc((size_t)rows + 1, sizeof *room);
    TRY_MEMORY(filter->context, room);
    for (int i = 0; i < rows; i++) {
        bool identity = i < elastic->rows && fab_elastic_is_identity(elastic, i);
        room[i][0] = room_of(filter, elastic->above[i]);
        room[i][1] = room_of(filter, elastic->below[i]);
        if (identity || is_member(filter, i))
            TRY(hold(filter, i, 0, 0));
    }
    for (int i = 0; i < rows; i++)
        if (is_member(filter, i))
            TRY(find_alone(filter, i, room[i], &alone[i]));
out:
    free(room);
    return status;
}

/* ---- the table ---- */

static fab_status add_member(struct filter *filter, fab_table *table, int row, bool above, double alone)
{
    fab_status status = FAB_OK;
    const struct fab_program *program = filter->elastic->program;
    const struct fab_lp_row *limit = &fab_solver_program(filter->elastic->solver)->row[row];
    fab_value *cells = NULL;
    TRY_MEMORY(filter->context, cells = fab_table_add_row(table));
    cells[0] = fab_text(program->family[limit->tag.family].code);
    cells[1] = fab_text(fab_table_keep(table, limit->name));
    cells[2] = fab_real(above ? limit->upper : limit->lower);
    cells[3] = fab_text(above ? "above" : "below");
    cells[4] = fab_text(fab_table_keep(table, fab_conflict_unit(program, limit->tag)));
    if (!isnan(alone))
        cells[5] = fab_real(alone);
    TRY_MEMORY(filter->context, cells[1].text && cells[4].text);
out:
    return status;
}

static fab_status make_table(struct filter *filter, const fab_lp_solution *proof, fab_table *table)
{
    fab_status status = FAB_OK;
    int rows = row_count(filter), members = 0;
    double *alone = malloc(((size_t)rows + 1) * sizeof *alone);
    TRY_MEMORY(filter->context, alone);
    for (int i = 0; i < rows; i++) {
        alone[i] = (double)NAN;
        members += is_member(filter, i);
    }
    if (members <= FAB_CONFLICT_MEMBERS)
        TRY(find_each_alone(filter, alone));
    for (int i = 0; i < rows; i++)
        if (is_member(filter, i))
            TRY(add_member(filter, table, i, proof->multiplier[i] > 0, alone[i]));
out:
    free(alone);
    return status;
}

fab_status fab_conflict_set_find(fab_context *context, struct fab_elastic *elastic, const fab_solver_options *options, fab_table **set)
{
    static const char *const columns[] = {"equation", "name", "limit", "direction", "unit", "alone"};
    fab_status status = FAB_OK;
    struct filter filter = {.context = context, .elastic = elastic, .options = options};
    fab_lp_solution *proof = NULL;
    fab_table *table = NULL;
    TRY_MEMORY(context, table = fab_table_new("conflict_set", columns, 6));
    TRY(fab_elastic_widen(context, elastic));
    TRY(prove(&filter, &proof));
    if (!filter.ended)
        TRY(begin(&filter, proof));
    fab_lp_solution_free(proof);
    proof = NULL;
    for (int i = 0; i < row_count(&filter) && !filter.ended; i++)
        if (filter.state[i] == ASKED)
            TRY(ask(&filter, i));
    TRY(prove(&filter, &proof));
    if (!filter.ended)
        TRY(make_table(&filter, proof, table));
    *set = table;
    table = NULL;
out:
    fab_lp_solution_free(proof);
    fab_table_free(table);
    free(filter.state);
    return status;
}
