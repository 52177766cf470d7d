/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extensive.h"

#include "try.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- shared columns ---- */

/* A tool column of a future by name. */
struct named {
    const char *name;
    int column;
};

static int compare_named(const void *left, const void *right)
{
    return strcmp(((const struct named *)left)->name, ((const struct named *)right)->name);
}

static fab_status list_tools(fab_context *context, const fab_lp *lp, struct named **list, int *count)
{
    fab_status status = FAB_OK;
    *count = 0;
    TRY_MEMORY(context, *list = calloc((size_t)lp->column_count + 1, sizeof **list));
    for (int j = 0; j < lp->column_count; j++)
        if (fab_extensive_is_tool(&lp->column[j]))
            (*list)[(*count)++] = (struct named){lp->column[j].name, j};
    qsort(*list, (size_t)*count, sizeof **list, compare_named);
out:
    return status;
}

/* The tool columns of the first future that a later one does not know are dropped; those of the later ones stand where the first's do. Called with the first future, then the others, before any of them is placed. */
static fab_status drop_unknown(struct fab_extensive *extensive, int f)
{
    fab_status status = FAB_OK;
    const fab_lp *first = extensive->future[0].program->lp, *lp = extensive->future[f].program->lp;
    struct named *list = NULL;
    int count = 0;
    TRY(list_tools(extensive->context, lp, &list, &count));
    for (int j = 0; j < first->column_count; j++) {
        const struct named wanted = {first->column[j].name, 0};
        if (fab_extensive_is_tool(&first->column[j]) && !bsearch(&wanted, list, (size_t)count, sizeof *list, compare_named))
            extensive->place[j] = FAB_NONE;
    }
out:
    free(list);
    return status;
}

static fab_status share_tools(struct fab_extensive *extensive, int f)
{
    fab_status status = FAB_OK;
    const fab_lp *first = extensive->future[0].program->lp, *lp = extensive->future[f].program->lp;
    struct named *list = NULL;
    int count = 0;
    TRY(list_tools(extensive->context, first, &list, &count));
    for (int j = 0; j < lp->column_count; j++) {
        if (!fab_extensive_is_tool(&lp->column[j]))
            continue;
        const struct named wanted = {lp->column[j].name, 0}, *found = bsearch(&wanted, list, (size_t)count, sizeof *list, compare_named);
        int place = found ? extensive->place[found->column] : FAB_NONE;
        extensive->place[extensive->first[f] + j] = place;
        if (place != FAB_NONE) /* what each future allows is said by its rows */
            extensive->lp->column[place].upper = fmax(extensive->lp->column[place].upper, lp->column[j].upper);
    }
out:
    free(list);
    return status;
}

/* ---- the program ---- */

double fab_extensive_share(const struct fab_extensive *extensive, int f)
{
    return extensive->future[f].weight / extensive->weights;
}

static fab_status add_columns(struct fab_extensive *extensive, int f)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = extensive->future[f].program->lp;
    int *place = extensive->place + extensive->first[f];
    if (f > 0)
        TRY(share_tools(extensive, f));
    for (int j = 0; j < lp->column_count; j++) {
        const struct fab_lp_column *column = &lp->column[j];
        bool shared = fab_extensive_is_tool(column);
        if (shared && (f > 0 || place[j] == FAB_NONE))
            continue;
        const char *name = shared ? fab_arena_dup(extensive->lp->arena, column->name) : fab_arena_printf(extensive->lp->arena, "%s#%d", column->name, f);
        TRY_MEMORY(extensive->context, name);
        TRY_MEMORY(extensive->context, (place[j] = fab_lp_add_column(extensive->lp, name, column->lower, column->upper, 0)) >= 0);
        extensive->lp->column[place[j]].tag = column->tag;
    }
    for (int j = 0; j < lp->column_count; j++)
        if (place[j] != FAB_NONE)
            extensive->lp->column[place[j]].objective += fab_extensive_share(extensive, f) * lp->column[j].objective;
    extensive->lp->objective_constant += fab_extensive_share(extensive, f) * lp->objective_constant;
out:
    return status;
}

static fab_status add_rows(struct fab_extensive *extensive, int f)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = extensive->future[f].program->lp;
    const int *place = extensive->place + extensive->first[f];
    int first = extensive->lp->row_count;
    for (int i = 0; i < lp->row_count; i++) {
        const char *name = fab_arena_printf(extensive->lp->arena, "%s#%d", lp->row[i].name, f);
        TRY_MEMORY(extensive->context, name && fab_lp_add_row(extensive->lp, name, lp->row[i].lower, lp->row[i].upper) >= 0);
    }
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; place[j] != FAB_NONE && k < lp->start[j + 1]; k++)
            TRY_MEMORY(extensive->context, fab_lp_add(extensive->lp, first + lp->row_index[k], place[j], lp->value[k]));
out:
    return status;
}

int fab_extensive_rows(const struct fab_robust_future futures[], int count)
{
    long long rows = 0;
    for (int f = 0; f < count; f++)
        rows += futures[f].program->lp->row_count;
    return rows < INT_MAX ? (int)rows : INT_MAX;
}

static fab_status count_columns(struct fab_extensive *extensive)
{
    fab_status status = FAB_OK;
    int columns = 0, rows = 0;
    TRY_MEMORY(extensive->context, extensive->first = calloc((size_t)extensive->count + 1, sizeof *extensive->first));
    TRY_MEMORY(extensive->context, extensive->first_row = calloc((size_t)extensive->count + 1, sizeof *extensive->first_row));
    for (int f = 0; f < extensive->count; f++) {
        extensive->first[f] = columns;
        extensive->first_row[f] = rows;
        columns += extensive->future[f].program->lp->column_count;
        rows += extensive->future[f].program->lp->row_count;
        extensive->weights += extensive->future[f].weight;
    }
    TRY_MEMORY(extensive->context, extensive->place = calloc((size_t)columns + 1, sizeof *extensive->place));
out:
    return status;
}

static fab_status build(struct fab_extensive *extensive)
{
    fab_status status = FAB_OK;
    if (fab_extensive_rows(extensive->future, extensive->count) == INT_MAX)
        TRY(fab_fail(extensive->context, FAB_USAGE, "one set of tools for %d futures is a program of too many rows: name fewer futures", extensive->count));
    TRY(count_columns(extensive));
    TRY_MEMORY(extensive->context, extensive->lp = fab_lp_new("one set of tools for many futures"));
    for (int f = 1; f < extensive->count; f++)
        TRY(drop_unknown(extensive, f));
    for (int f = 0; f < extensive->count; f++)
        TRY(add_columns(extensive, f));
    for (int f = 0; f < extensive->count; f++)
        TRY(add_rows(extensive, f));
    TRY(fab_lp_seal(extensive->context, extensive->lp));
out:
    return status;
}

fab_status fab_extensive_open(fab_context *context, const struct fab_robust_future futures[], int count, struct fab_extensive *extensive)
{
    *extensive = (struct fab_extensive){.context = context, .future = futures, .count = count};
    return build(extensive);
}

void fab_extensive_close(struct fab_extensive *extensive)
{
    fab_lp_free(extensive->lp);
    free(extensive->first);
    free(extensive->first_row);
    free(extensive->place);
}

/* ---- tools ---- */

bool fab_extensive_fix(struct fab_extensive *extensive, const struct fab_tools *fixed)
{
    int wanted = 0, found = 0;
    for (int n = 0; n < fixed->count; n++)
        wanted += fixed->order[n].tools > 0;
    for (int j = 0; j < extensive->lp->column_count; j++) {
        struct fab_lp_column *column = &extensive->lp->column[j];
        if (!fab_extensive_is_tool(column))
            continue;
        double tools = fab_tools_find(fixed, column->name);
        column->lower = column->upper = tools;
        found += tools > 0;
    }
    return found == wanted;
}

fab_status fab_extensive_tools(const struct fab_extensive *extensive, const double x[], struct fab_tools *tools)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = extensive->future[0].program->lp;
    double *own = calloc((size_t)lp->column_count + 1, sizeof *own);
    TRY_MEMORY(extensive->context, own);
    for (int j = 0; j < lp->column_count; j++)
        own[j] = extensive->place[j] == FAB_NONE ? 0 : x[extensive->place[j]];
    TRY(fab_tools_of_program(extensive->context, lp, own, tools));
out:
    free(own);
    return status;
}
