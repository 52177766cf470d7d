/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior_form.h"

#include "try.h"

#include <math.h>

/* Where a row or column of the program is in the form; -1: out. */
struct places {
    int *row, *column;
};

static bool is_equation(const struct fab_lp_row *row)
{
    return row->lower == row->upper;
}

/* Counts what is in, and gives it its place. */
static void place(struct fab_interior_form *form, struct places *places, int *nonzeros, int *slacks)
{
    const fab_lp *lp = form->lp;
    *nonzeros = *slacks = 0;
    for (int i = 0; i < lp->row_count; i++) {
        places->row[i] = form->presolve.row_out[i] ? -1 : form->row_count++;
        *slacks += places->row[i] >= 0 && !is_equation(&lp->row[i]);
    }
    for (int j = 0; j < lp->column_count; j++) {
        places->column[j] = fab_presolve_is_in(&form->presolve, j) ? form->structural_count++ : -1;
        for (int k = lp->start[j]; places->column[j] >= 0 && k < lp->start[j + 1]; k++)
            *nonzeros += places->row[lp->row_index[k]] >= 0;
    }
    form->column_count = form->structural_count + *slacks;
}

static bool take_arrays(fab_arena *arena, struct fab_interior_form *form, int nonzeros)
{
    size_t rows = (size_t)form->row_count, columns = (size_t)form->column_count, all = (size_t)nonzeros + columns;
    form->start = fab_arena_take(arena, columns + 1, sizeof *form->start);
    form->row_index = fab_arena_take(arena, all, sizeof *form->row_index);
    form->value = fab_arena_take(arena, all, sizeof *form->value);
    form->cost = fab_arena_take(arena, columns, sizeof *form->cost);
    form->upper = fab_arena_take(arena, columns, sizeof *form->upper);
    form->right = fab_arena_take(arena, rows, sizeof *form->right);
    form->row = fab_arena_take(arena, rows, sizeof *form->row);
    form->column = fab_arena_take(arena, columns, sizeof *form->column);
    form->row_unit = fab_arena_take(arena, rows, sizeof *form->row_unit);
    form->column_unit = fab_arena_take(arena, columns, sizeof *form->column_unit);
    return form->start && form->row_index && form->value && form->cost && form->upper && form->right && form->row && form->column && form->row_unit && form->column_unit;
}

/* What making a form needs: where things are, scale factors, and what lower limits take of each row of the form. */
struct making {
    struct fab_interior_form *form;
    struct places places;
    const struct fab_lp_factors *factors;
    long double *moved;
};

/* Values count from their lower limits on: what those take of the rows goes to the right. */
static void fill_column(const struct making *making, int j)
{
    struct fab_interior_form *form = making->form;
    const fab_lp *lp = form->lp;
    int c = making->places.column[j], count = form->start[c];
    double unit = making->factors->column[j], lower = form->presolve.lower[j];
    form->column[c] = j;
    form->column_unit[c] = unit;
    form->cost[c] = -lp->column[j].objective * unit;
    form->upper[c] = (form->presolve.upper[j] - lower) / unit;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        int r = making->places.row[lp->row_index[k]];
        if (r < 0)
            continue;
        making->moved[r] += (long double)lp->value[k] * lower;
        form->row_index[count] = r;
        form->value[count++] = lp->value[k] * making->factors->row[lp->row_index[k]] * unit;
    }
    form->start[c + 1] = count;
}

/* An equation is its limit; a x <= limit has a slack from 0 on, a x >= limit one that is taken away; up to the other limit, where there is one. */
static void fill_row(const struct making *making, int i, int *slack)
{
    struct fab_interior_form *form = making->form;
    const struct fab_lp_row *row = &form->lp->row[i];
    int r = making->places.row[i], c = *slack, count = form->start[c];
    double unit = making->factors->row[i];
    bool above = isfinite(row->upper);
    form->row[r] = i;
    form->row_unit[r] = unit;
    form->right[r] = (double)((above ? row->upper : row->lower) - form->presolve.fixed[i] - making->moved[r]) * unit;
    if (is_equation(row))
        return;
    form->row_index[count] = r;
    form->value[count++] = above ? 1 : -1;
    form->upper[c] = above && isfinite(row->lower) ? (row->upper - row->lower) * unit : (double)INFINITY;
    form->start[c + 1] = count;
    ++*slack;
}

static void fill(const struct making *making)
{
    struct fab_interior_form *form = making->form;
    int slack = form->structural_count;
    form->start[0] = 0;
    for (int j = 0; j < form->lp->column_count; j++)
        if (making->places.column[j] >= 0)
            fill_column(making, j);
    for (int i = 0; i < form->lp->row_count; i++)
        if (making->places.row[i] >= 0)
            fill_row(making, i, &slack);
}

fab_status fab_interior_form_make(fab_context *context, fab_arena *arena, const fab_lp *lp, const struct fab_lp_factors *factors, struct fab_interior_form *form)
{
    fab_status status = FAB_OK;
    int nonzeros, slacks;
    struct making making = {.form = form, .factors = factors};
    *form = (struct fab_interior_form){.lp = lp};
    TRY(fab_presolve_run(context, arena, lp, &form->presolve));
    if (form->presolve.broken)
        goto out;
    making.places.row = fab_arena_take(arena, (size_t)lp->row_count, sizeof *making.places.row);
    making.places.column = fab_arena_take(arena, (size_t)lp->column_count, sizeof *making.places.column);
    making.moved = fab_arena_take(arena, (size_t)lp->row_count, sizeof *making.moved);
    TRY_MEMORY(context, making.places.row && making.places.column && making.moved);
    TRY_MEMORY(context, making.places.row && making.places.column && making.moved);
    place(form, &making.places, &nonzeros, &slacks);
    TRY_MEMORY(context, take_arrays(arena, form, nonzeros));
    fill(&making);
out:
    return status;
}

/* From the limit that is nearer, lest small distances be lost in it. */
static double value_of(const struct fab_interior_form *form, const struct fab_interior_values *values, int c)
{
    int j = form->column[c];
    double lower = form->presolve.lower[j], upper = form->presolve.upper[j], unit = form->column_unit[c];
    double x = values->x[c] <= values->room[c] ? lower + unit * values->x[c] : upper - unit * values->room[c];
    return fmin(fmax(x, lower), upper);
}

void fab_interior_form_undo(const struct fab_interior_form *form, const struct fab_interior_values *values, double *x, double *multiplier)
{
    for (int j = 0; j < form->lp->column_count; j++)
        x[j] = form->presolve.lower[j];
    for (int c = 0; c < form->structural_count; c++)
        x[form->column[c]] = value_of(form, values, c);
    for (int r = 0; r < form->row_count; r++)
        multiplier[form->row[r]] = -form->row_unit[r] * values->y[r];
    fab_presolve_undo(&form->presolve, multiplier);
}
