/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "planning.h"
#include "build.h"
#include "terms_build.h"

enum { MOST_COMMENTS = 32 };

/* The head of the file: what the program is and what its rows mean. */
static int make_comments(fab_arena *arena, const fab_model *model, const char *hash, const char *comment[MOST_COMMENTS])
{
    int count = 0;
    comment[count++] = fab_arena_printf(arena, "%s: the linear program of fabplan, maximise profit in %s", model->plan_name, model->currency);
    comment[count++] = fab_arena_printf(arena, "inputs sha256 %s", hash);
    for (int f = 0; f < FAB_FAMILIES; f++)
        comment[count++] = fab_arena_printf(arena, "%s  %s: %s", fab_families[f].code, fab_families[f].name, fab_families[f].meaning);
    comment[count] = NULL;
    for (int c = 0; c < count; c++)
        if (!comment[c])
            return -1;
    return count;
}

fab_status fab_write_model(fab_context *context, fab *handle, fab_model_format format, const char *path)
{
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    char hash[65];
    const char *comment[MOST_COMMENTS];
    const struct fab_planning planning = {.policy = "profit"};
    struct fab_planned planned = {0};
    fab_status status = fab_planning_load(context, handle, &planning, &planned);
    if (status == FAB_OK)
        status = fab_store_hash_inputs(context, handle->store, hash);
    if (status == FAB_OK)
        status = fab_terms_new(context, planned.model, &terms);
    if (status == FAB_OK)
        status = fab_program_new(context, terms, NULL, &program);
    if (status == FAB_OK && make_comments(program->lp->arena, planned.model, hash, comment) < 0)
        status = fab_fail_memory(context);
    if (status == FAB_OK)
        status = (format == FAB_MODEL_MPS ? fab_lp_write_mps : fab_lp_write_lp)(context, program->lp, path, comment);
    fab_program_free(program);
    fab_terms_free(terms);
    fab_planned_fini(&planned);
    return status;
}
