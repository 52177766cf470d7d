/* What the tests of the plan share: models from a text of tables, from a folder of the data or from a drawn fab; their program and plan; members found by name, rows of a model by id.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PLAN_FIXTURE_H
#define PLAN_FIXTURE_H

#include "assert_close.h"
#include "build.h"
#include "csv_source.h"
#include "outside.h"
#include "plan.h"
#include "store.h"
#include "terms_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORLD_RANDOM_FABS = 40 };

struct world {
    fab_context *context;
    fab_store *store;
    fab_model *model;
    fab_terms *terms;     /* of world_build alone */
    fab_program *program; /* of world_build; of world_plan the plan's */
    fab_plan *plan;
    char warnings[4096]; /* one a line */
};

static inline void world_hear(void *user, fab_level level, const char *text)
{
    struct world *world = user;
    size_t used = strlen(world->warnings);
    if (level == FAB_LEVEL_FINDING)
        print_error("%s\n", text);
    if (level == FAB_LEVEL_WARNING)
        snprintf(world->warnings + used, sizeof world->warnings - used, "%s\n", text);
}

static inline void world_ok(const struct world *world, fab_status status)
{
    if (status != FAB_OK)
        fail_msg("%s: %s", fab_status_name(status), fab_context_message(world->context));
}

static inline void world_open(struct world *world)
{
    *world = (struct world){.context = fab_context_new()};
    assert_non_null(world->context);
    fab_context_set_sink(world->context, world_hear, world);
    world_ok(world, fab_store_open(world->context, NULL, FAB_STORE_MEMORY, &world->store));
}

static inline void world_import(struct world *world, const char *folder)
{
    world_ok(world, fab_csv_import(world->context, world->store, &folder, 1, &(fab_import_options){0}, NULL));
}

static inline void world_load(struct world *world)
{
    world_ok(world, fab_store_load_model(world->context, world->store, &world->model));
    world_ok(world, fab_store_load_wip(world->context, world->store, world->model));
    fab_outside_end(NULL, world->model);
    fab_outside_start(NULL, world->model);
}

static inline void world_run(const char *command)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

/* Files of the tables of a text: each a line "@table" and its CSV. */
static inline void world_write_tables(const char *folder, const char *text)
{
    char path[96];
    FILE *file = NULL;
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
        int length = (int)strcspn(line, "\n");
        if (*line == '@') {
            snprintf(path, sizeof path, "%s/%.*s.csv", folder, length - 1, line + 1);
            if (file)
                fclose(file);
            assert_non_null(file = fopen(path, "w"));
        } else {
            fprintf(file, "%.*s\n", length, line);
        }
    }
    assert_int_equal(fclose(file), 0);
}

/* A model from tables; those of `more` stand in the place of those of the same name (NULL: none). */
static inline void world_of_text(struct world *world, const char *text, const char *more)
{
    char folder[] = "/tmp/fabplan-plan-XXXXXX", command[128];
    world_open(world);
    assert_non_null(mkdtemp(folder));
    world_write_tables(folder, text);
    if (more)
        world_write_tables(folder, more);
    world_import(world, folder);
    world_load(world);
    snprintf(command, sizeof command, "rm -r %s", folder);
    world_run(command);
}

static inline void world_of_data(struct world *world, const char *name)
{
    char folder[512];
    world_open(world);
    snprintf(folder, sizeof folder, "%s/data/%s", FAB_SOURCE_FOLDER, name);
    world_import(world, folder);
    world_load(world);
}

/* A small input that once went wrong: a folder of tests/cases. */
static inline void world_of_case(struct world *world, const char *name)
{
    char folder[512];
    world_open(world);
    snprintf(folder, sizeof folder, "%s/tests/cases/%s", FAB_SOURCE_FOLDER, name);
    world_import(world, folder);
    world_load(world);
}

/* A fab drawn by tests/support/random_fab.py. */
static inline void world_of_seed(struct world *world, int seed)
{
    char folder[] = "/tmp/fabplan-plan-XXXXXX", command[512];
    world_open(world);
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "python3 %s/tests/support/random_fab.py --seed %d %s", FAB_SOURCE_FOLDER, seed, folder);
    world_run(command);
    world_import(world, folder);
    world_load(world);
    snprintf(command, sizeof command, "rm -r %s", folder);
    world_run(command);
}

static inline void world_build(struct world *world)
{
    world_ok(world, fab_terms_new(world->context, world->model, &world->terms));
    world_ok(world, fab_program_new(world->context, world->terms, NULL, &world->program));
}

static inline void world_plan(struct world *world)
{
    world_ok(world, fab_plan_optimise(world->context, world->model, NULL, &world->plan));
    world->program = world->plan->program;
}

static inline void world_finish(struct world *world)
{
    if (world->plan)
        fab_plan_free(world->plan);
    else
        fab_program_free(world->program);
    fab_terms_free(world->terms);
    fab_model_free(world->model);
    fab_store_close(world->store);
    fab_context_free(world->context);
}

/* Builds (or plans) drawn fabs one after the other and looks at each. Plans that have no solution are left out; their count comes back. */
static inline int world_each_fab(bool plan, void (*look)(struct world *world, int seed))
{
    int seen = 0;
    for (int seed = 1; seed <= WORLD_RANDOM_FABS; seed++) {
        struct world world;
        world_of_seed(&world, seed);
        (plan ? world_plan : world_build)(&world);
        if (!plan || world.plan->outcome == FAB_OPTIMAL) {
            look(&world, seed);
            seen++;
        }
        world_finish(&world);
    }
    return seen;
}

/* ---- finding ---- */

#define WORLD_FIND(table)                                                              \
    static inline int find_##table(const struct world *world, const char *id)          \
    {                                                                                  \
        for (int row = 0; row < world->model->table##_count; row++)                    \
            if (strcmp(world->model->table[row].table, id) == 0)                       \
                return row;                                                            \
        fail_msg("no %s %s", #table, id);                                              \
        return FAB_NONE;                                                               \
    }

WORLD_FIND(site)
WORLD_FIND(line)
WORLD_FIND(item)
WORLD_FIND(source)
WORLD_FIND(tool_group)
WORLD_FIND(route)
WORLD_FIND(customer)
WORLD_FIND(demand)

/* FAB_NONE when there is none of that name. */
static inline int seek_column(const struct world *world, const char *name)
{
    for (int j = 0; j < world->program->lp->column_count; j++)
        if (strcmp(world->program->lp->column[j].name, name) == 0)
            return j;
    return FAB_NONE;
}

static inline int seek_row(const struct world *world, const char *name)
{
    for (int i = 0; i < world->program->lp->row_count; i++)
        if (strcmp(world->program->lp->row[i].name, name) == 0)
            return i;
    return FAB_NONE;
}

static inline int find_column(const struct world *world, const char *name)
{
    int column = seek_column(world, name);
    if (column == FAB_NONE)
        fail_msg("no column %s", name);
    return column;
}

static inline int find_row(const struct world *world, const char *name)
{
    int row = seek_row(world, name);
    if (row == FAB_NONE)
        fail_msg("no row %s", name);
    return row;
}

/* Coefficient of the sealed program; 0 where there is none. */
static inline double coefficient(const fab_lp *lp, int row, int column)
{
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
        if (lp->row_index[k] == row)
            return lp->value[k];
    return 0;
}

/* What the columns of a row add up to at a point. */
static inline double activity(const fab_lp *lp, int row, const double *x)
{
    double sum = 0;
    for (int j = 0; j < lp->column_count; j++)
        sum += coefficient(lp, row, j) * x[j];
    return sum;
}

/* ---- tables ---- */

static inline double cell_number(const fab_table *table, int row, const char *column)
{
    int index = fab_table_find_column(table, column);
    assert_true(index >= 0);
    const fab_value *value = fab_table_get(table, row, index);
    return value->type == FAB_NULL ? (double)NAN : fab_value_number(value);
}

/* NULL for an empty cell. */
static inline const char *cell_text(const fab_table *table, int row, const char *column)
{
    int index = fab_table_find_column(table, column);
    assert_true(index >= 0);
    return fab_table_get(table, row, index)->type == FAB_NULL ? NULL : fab_table_get(table, row, index)->text;
}

#endif
