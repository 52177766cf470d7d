/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include "served.h"
#include "try.h"
#include "weigh.h"
#include "weigh_independence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const fab_kept_kinds[] = {[FAB_KEPT_PROFIT] = "profit",   [FAB_KEPT_PROMISES] = "promises", [FAB_KEPT_SERVED] = "served",
                                      [FAB_KEPT_CAPITAL] = "capital", [FAB_KEPT_LATENESS] = "lateness", [FAB_KEPT_MOVEMENT] = "movement",
                                      [FAB_KEPT_OWN_LOGIC] = "independence:LO", [FAB_KEPT_OWN_MEMORY] = "independence:ME", [FAB_KEPT_OWN_PACKAGING] = "independence:PK"};
const char *const fab_kept_units[] = {[FAB_KEPT_PROFIT] = "USD",  [FAB_KEPT_PROMISES] = "USD",       [FAB_KEPT_SERVED] = "USD",
                                      [FAB_KEPT_CAPITAL] = "USD", [FAB_KEPT_LATENESS] = "USD weeks", [FAB_KEPT_MOVEMENT] = "starts a week",
                                      [FAB_KEPT_OWN_LOGIC] = "USD", [FAB_KEPT_OWN_MEMORY] = "USD", [FAB_KEPT_OWN_PACKAGING] = "USD"};
const int fab_kept_kinds_count = (int)(sizeof fab_kept_kinds / sizeof *fab_kept_kinds);

void fab_kept_weigh(const fab_program *program, const struct fab_kept *kept, double objective[], double *constant)
{
    *constant = 0;
    switch (kept->kind) {
    case FAB_KEPT_PROFIT: fab_weigh_money(program, objective, constant); break;
    case FAB_KEPT_PROMISES: fab_promises_weigh(program, objective); break;
    case FAB_KEPT_CAPITAL: fab_weigh_capital(program, objective); break;
    case FAB_KEPT_LATENESS: fab_weigh_lateness(program, objective); break;
    case FAB_KEPT_MOVEMENT: fab_weigh_movement(program, objective); break;
    case FAB_KEPT_OWN_LOGIC: fab_weigh_independence(program, FAB_LAYER_LOGIC, objective, constant); break;
    case FAB_KEPT_OWN_MEMORY: fab_weigh_independence(program, FAB_LAYER_MEMORY, objective, constant); break;
    case FAB_KEPT_OWN_PACKAGING: fab_weigh_independence(program, FAB_LAYER_PACKAGING, objective, constant); break;
    case FAB_KEPT_SERVED:
        for (int k = 0; k < kept->customer_count; k++)
            fab_served_weigh(program, kept->customer[k], objective);
    }
    if (kept->reversed)
        *constant = -*constant;
    for (int j = 0; kept->reversed && j < program->lp->column_count; j++)
        objective[j] = -objective[j];
}

/* A copy that lives as long as the program. NULL when memory is short, or the list is full. */
static struct fab_kept *take(fab_program *program, const struct fab_kept *kept)
{
    fab_arena *arena = program->lp->arena;
    if (program->kept_count >= fab_stages_most(program->terms))
        return NULL;
    struct fab_kept *copy = &program->kept[program->kept_count];
    *copy = *kept;
    copy->stage = fab_arena_printf(arena, "%s", kept->stage);
    copy->customer = fab_arena_take(arena, (size_t)kept->customer_count + 1, sizeof *copy->customer);
    if (!copy->stage || !copy->customer)
        return NULL;
    if (kept->customer_count)
        memcpy(copy->customer, kept->customer, (size_t)kept->customer_count * sizeof *copy->customer);
    program->kept_count++;
    return copy;
}

fab_status fab_kept_add(fab_context *context, fab_program *program, const struct fab_kept *asked, const double given[])
{
    fab_status status = FAB_OK;
    int columns = program->lp->column_count;
    double constant, *objective = calloc((size_t)columns + 1, sizeof *objective);
    struct fab_kept *kept = take(program, asked);
    TRY_MEMORY(context, objective && kept);
    if (given)
        memcpy(objective, given, (size_t)columns * sizeof *objective);
    else
        fab_kept_weigh(program, kept, objective, &constant);
    kept->row = fab_program_add_row(program, fab_tag_of(FAB_POL, program->kept_count - 1, FAB_NONE), kept->least, (double)INFINITY);
    TRY_MEMORY(context, kept->row != FAB_NONE);
    for (int j = 0; j < columns; j++)
        if (objective[j] != 0)
            TRY_MEMORY(context, fab_program_put(program, kept->row, j, objective[j]));
    TRY(fab_lp_seal(context, program->lp));
out:
    free(objective);
    return status;
}
