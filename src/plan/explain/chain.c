/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain.h"

#include "parts.h"
#include "walk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LABEL_SIZE = 1024, MOST_SHOWN = 20 };

/* Parts below this share of the whole are added up as "other". */
#define SMALLEST_PART 0.002
/* A rest below this share is the rounding of the sum. */
#define SMALLEST_REST 1e-9

static const char columns[] = "rank family key label period binding usd share amount unit usd_per_amount";

static void write_part(struct fab_plan_table *w, const struct fab_part *part, int rank, double whole)
{
    char label[LABEL_SIZE];
    double amount = part->unit ? part->amount : (double)NAN;
    snprintf(label, sizeof label, "%s%s%s%s", part->kind, *part->key ? " " : "", part->key, part->tied ? ", as full" : "");
    fab_plan_table_row(w);
    fab_plan_table_integer(w, rank);
    fab_plan_table_text(w, part->family);
    fab_plan_table_copy(w, part->key);
    fab_plan_table_copy(w, label);
    fab_plan_table_period(w, part->period);
    fab_plan_table_integer(w, part->binding);
    fab_plan_table_real(w, part->usd);
    fab_plan_table_real(w, whole != 0 ? part->usd / whole : (double)NAN);
    fab_plan_table_real(w, amount);
    fab_plan_table_text(w, part->unit);
    fab_plan_table_real(w, amount != 0 ? part->usd / amount : (double)NAN);
}

/* The parts, sorted, as a table, small ones as one; the sum is that of what is written. */
static fab_table *make_table(const fab_plan *plan, struct fab_parts *parts, double *usd)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "chain", columns);
    *usd = 0;
    fab_parts_sort(parts);
    for (int p = parts->count - 1; p >= 0; p--)
        *usd += parts->part[p].usd;
    struct fab_part other = {.family = "OTHER", .key = "", .kind = "other", .period = FAB_NONE, .usd = *usd};
    int shown = 0;
    for (; shown < parts->count && shown < MOST_SHOWN && fabs(parts->part[shown].usd) >= SMALLEST_PART * fabs(*usd); shown++) {
        write_part(&w, &parts->part[shown], shown + 1, *usd);
        other.usd -= parts->part[shown].usd;
    }
    for (int p = shown; p < parts->count && shown < MOST_SHOWN; p++) /* they cost nothing: the others do, for both */
        if (parts->part[p].tied)
            write_part(&w, &parts->part[p], ++shown, *usd);
    if (fabs(other.usd) > SMALLEST_REST * fabs(*usd))
        write_part(&w, &other, shown + 1, *usd);
    w.failed = w.failed || parts->failed;
    return fab_plan_table_end(&w);
}

fab_table *fab_chain_forced(const struct fab_forced *forced, int d, double *usd)
{
    struct fab_walk *walk = fab_walk_new(&forced->plan);
    fab_table *table = walk ? make_table(&forced->plan, fab_force_parts(walk, forced, d), usd) : NULL;
    fab_walk_free(walk);
    return table;
}

/* ---- rows and columns of the program as parts ---- */

static void add_row(struct fab_parts *parts, const fab_plan *plan, int row, double amount, double multiplier)
{
    struct fab_tag tag = plan->program->lp->row[row].tag;
    const struct fab_family *family = &plan->program->family[tag.family];
    struct fab_label label;
    bool balance = tag.family == FAB_BAL; /* what comes in lowers what is missing */
    fab_program_label(plan->program, tag, &label);
    fab_parts_add(parts, &(struct fab_part){.family = family->reason_code ? family->reason_code : family->code,
                                            .key = label.subject,
                                            .kind = label.reason ? label.reason : family->name,
                                            .unit = family->unit,
                                            .binding = true,
                                            .usd = multiplier * amount,
                                            .amount = balance ? -amount : amount,
                                            .period = tag.period});
}

static void add_column(struct fab_parts *parts, const fab_plan *plan, int column, double amount, double reduced)
{
    struct fab_tag tag = plan->program->lp->column[column].tag;
    const struct fab_family *family = &plan->program->family[tag.family];
    struct fab_label label;
    fab_program_label(plan->program, tag, &label);
    fab_parts_add(parts, &(struct fab_part){.family = "SRC", .key = label.subject, .kind = "maximum of", .unit = family->unit, .binding = true,
                                            .usd = fmax(0, reduced) * amount, .amount = amount, .period = tag.period});
}

fab_table *fab_chain_moved(const struct fab_trial *trial, const int *candidate, int count, const fab_lp_solution *solution, double *usd)
{
    struct fab_parts parts = {.arena = fab_arena_new()};
    fab_table *table = NULL;
    for (int n = 0; parts.arena && n < count; n++) {
        const struct fab_candidate *moved = &trial->moves->candidate[candidate[n]];
        for (int m = moved->first_move; m < moved->first_move + moved->move_count; m++) {
            const struct fab_move *move = &trial->moves->move[m];
            if (move->is_column)
                add_column(&parts, trial->plan, move->place, move->delta, solution->reduced_cost[move->place]);
            else
                add_row(&parts, trial->plan, move->place, move->delta, solution->multiplier[move->place]);
        }
    }
    if (parts.arena)
        table = make_table(trial->plan, &parts, usd);
    fab_parts_fini(&parts);
    fab_arena_free(parts.arena);
    return table;
}

/* Coefficient of the plan's program in the row of a tag; 0 where there is none. */
static double coefficient_at(const fab_lp *lp, int column, int row)
{
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
        if (lp->row_index[k] == row)
            return lp->value[k];
    return 0;
}

static void add_money(struct fab_parts *parts, const fab_plan *plan, int column, double usd)
{
    struct fab_tag tag = plan->program->lp->column[column].tag;
    struct fab_label label;
    fab_program_label(plan->program, tag, &label);
    fab_parts_add(parts, &(struct fab_part){.family = "COST", .key = label.subject, .kind = "money of", .usd = usd, .period = tag.period});
}

/* By the envelope: dz = sum over columns of x (dc - sum over rows of multiplier dA). What rows limit and columns do not touch is the same in both programs. */
static void add_changes(struct fab_parts *parts, const fab_plan *plan, const fab_plan *other, int j)
{
    const fab_lp *lp = other->program->lp, *before = plan->program->lp;
    int old = fab_program_find(plan->program, lp->column[j].tag);
    double x = other->solution->x[j];
    if (old == FAB_NONE || x == 0)
        return;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        int row = fab_program_find(plan->program, lp->row[lp->row_index[k]].tag);
        double change = row == FAB_NONE ? 0 : lp->value[k] - coefficient_at(before, old, row);
        if (change != 0)
            add_row(parts, other, lp->row_index[k], -change * x, other->solution->multiplier[lp->row_index[k]]);
    }
    for (int k = before->start[old]; k < before->start[old + 1]; k++) { /* what is no more */
        int row = fab_program_find(other->program, before->row[before->row_index[k]].tag);
        if (row != FAB_NONE && coefficient_at(lp, j, row) == 0)
            add_row(parts, other, row, before->value[k] * x, other->solution->multiplier[row]);
    }
    if (lp->column[j].objective != before->column[old].objective)
        add_money(parts, other, j, (lp->column[j].objective - before->column[old].objective) * x);
}

/* Wafers in process are a row's limit where they arrive: limits that differ. */
static void add_limits(struct fab_parts *parts, const fab_plan *plan, const fab_plan *other)
{
    const fab_lp *lp = other->program->lp, *before = plan->program->lp;
    for (int i = 0; i < lp->row_count; i++) {
        int old = fab_program_find(plan->program, lp->row[i].tag);
        double multiplier = other->solution->multiplier[i];
        double now = multiplier > 0 ? lp->row[i].upper : lp->row[i].lower, then = old == FAB_NONE ? now : multiplier > 0 ? before->row[old].upper : before->row[old].lower;
        if (multiplier != 0 && isfinite(now) && isfinite(then) && now != then)
            add_row(parts, other, i, now - then, multiplier);
    }
}

fab_table *fab_chain_changed(const fab_plan *plan, const fab_plan *other, double *usd)
{
    struct fab_parts parts = {.arena = fab_arena_new()};
    fab_table *table = NULL;
    for (int j = 0; parts.arena && j < other->program->lp->column_count; j++)
        add_changes(&parts, plan, other, j);
    if (parts.arena) {
        add_limits(&parts, plan, other);
        table = make_table(other, &parts, usd);
    }
    fab_parts_fini(&parts);
    fab_arena_free(parts.arena);
    return table;
}

fab_table *fab_chain_of_part(const fab_plan *plan, const struct fab_part *part)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "chain", columns);
    write_part(&w, part, 1, 0);
    return fab_plan_table_end(&w);
}
