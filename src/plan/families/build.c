/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build.h"

#include "bounds.h"
#include "tighten.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* The table of the program: the families of the design, then the others. */
static bool take_families(fab_program *program, const struct fab_more_families *more)
{
    fab_arena *arena = program->lp->arena;
    int others = more ? more->count : 0;
    struct fab_family *families = fab_arena_take(arena, (size_t)(FAB_FAMILIES + others), sizeof *families);
    if (!families)
        return false;
    memcpy(families, fab_families, sizeof fab_families);
    for (int n = 0; n < others; n++)
        families[FAB_FAMILIES + n] = more->family[n];
    program->family = families;
    program->family_count = FAB_FAMILIES + others;
    program->block = fab_arena_take(arena, (size_t)program->family_count, sizeof *program->block);
    program->kept = fab_arena_take(arena, (size_t)fab_stages_most(program->terms), sizeof *program->kept);
    return program->block && program->kept;
}

static bool take_block(fab_program *program, int family)
{
    struct fab_block *block = &program->block[family];
    block->shape = program->family[family].shape(program->terms);
    block->periods = block->shape.periods ? program->terms->period_count : 1;
    size_t count = (size_t)block->shape.a * (size_t)block->shape.b * (size_t)block->periods;
    block->place = fab_arena_take(program->lp->arena, count, sizeof *block->place);
    for (size_t i = 0; block->place && i < count; i++)
        block->place[i] = FAB_NONE;
    return block->place != NULL;
}

static bool add_families(fab_program *program)
{
    for (int f = 0; f < program->family_count; f++)
        if (!take_block(program, f))
            return false;
    for (int f = 0; f < program->family_count; f++)
        if (program->family[f].build && !program->family[f].build(program))
            return false;
    return true;
}

static double decided_tools(const struct fab_decided_tools *tools, const char *name)
{
    for (int n = 0; n < tools->count; n++)
        if (strcmp(tools->value[n].name, name) == 0)
            return tools->value[n].value;
    return 0;
}

/* Orders and removals that are decided; one that has no column cannot be had. */
static fab_status decide_tools(fab_context *context, fab_program *program)
{
    const struct fab_decided_tools *tools = program->terms->model->tools;
    double wanted = 0, found = 0;
    for (int n = 0; tools && n < tools->count; n++)
        wanted += tools->value[n].value > 0;
    for (int j = 0; tools && j < program->lp->column_count; j++) {
        struct fab_lp_column *column = &program->lp->column[j];
        if (column->tag.family != FAB_N && column->tag.family != FAB_R)
            continue;
        column->lower = column->upper = decided_tools(tools, column->name);
        found += column->upper > 0;
    }
    return found == wanted ? FAB_OK : fab_fail(context, FAB_INPUT, "an order or removal of tools that is decided has no place in the plan any more");
}

fab_status fab_program_new(fab_context *context, const fab_terms *terms, const struct fab_more_families *more, fab_program **result)
{
    fab_status status = FAB_OK;
    fab_program *program = NULL;
    TRY_MEMORY(context, program = calloc(1, sizeof *program));
    program->terms = terms;
    TRY_MEMORY(context, program->lp = fab_lp_new(terms->model->plan_name));
    TRY_MEMORY(context, program->bounds = fab_bounds_new(program->lp->arena, terms));
    TRY_MEMORY(context, take_families(program, more) && add_families(program));
    TRY(fab_lp_seal(context, program->lp));
    TRY_MEMORY(context, fab_bounds_tighten(program));
    TRY(decide_tools(context, program));
    *result = program;
    program = NULL;
out:
    fab_program_free(program);
    return status;
}

void fab_program_free(fab_program *program)
{
    if (!program)
        return;
    fab_lp_free(program->lp);
    free(program->addend);
    free(program->amount);
    free(program);
}
