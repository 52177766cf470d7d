/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "external.h"

#include "arena.h"
#include "external_child.h"
#include "external_read.h"
#include "fail.h"
#include "output.h"
#include "try.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGUMENTS = 16, PATH_ROOM = 4096, LOG_LINES = 2000, LINE_SIZE = 512, PRIVATE = 0700 };

/* Marks of files among the arguments. */
#define PROGRAM "\1program"
#define SOLUTION "\1solution"
#define BASIS "\1basis"
#define OPTIONS "\1options"
/* Before words that are options of that program. */
#define LONG "--"

/* How each solver is called: it is asked for the last digits that it can give. */
static const struct kind {
    const char *name;
    enum fab_external_format format;
    const char *arguments[ARGUMENTS];
} kinds[] = {
    {"clp", FAB_EXTERNAL_CLP, {"-import", PROGRAM, "-primalTolerance", "1e-9", "-dualTolerance", "1e-9", "-printingOptions", "all", "-solve", "-solution", SOLUTION, "-basisOut", BASIS}},
    {"cbc", FAB_EXTERNAL_CLP, {"-import", PROGRAM, "-primalTolerance", "1e-9", "-dualTolerance", "1e-9", "-printingOptions", "all", "-solve", "-solution", SOLUTION, "-basisOut", BASIS}},
    {"highs", FAB_EXTERNAL_HIGHS, {LONG "model_file", PROGRAM, LONG "solution_file", SOLUTION, LONG "options_file", OPTIONS}},
    {NULL, FAB_EXTERNAL_OWN, {PROGRAM, SOLUTION}},
};

static const char highs_options[] = "primal_feasibility_tolerance = 1e-9\ndual_feasibility_tolerance = 1e-9\nwrite_solution_style = 0\n";

static const struct kind *kind_of(const char *program)
{
    const struct kind *kind = kinds;
    while (kind->name && strcmp(kind->name, program) != 0)
        kind++;
    return kind;
}

/* ---- is it there */

static bool can_run(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode) && access(path, X_OK) == 0;
}

static bool is_on_path(const char *program)
{
    char path[PATH_ROOM];
    const char *folders = getenv("PATH");
    for (const char *at = folders ? folders : "/bin:/usr/bin"; *at;) {
        size_t length = strcspn(at, ":");
        snprintf(path, sizeof path, "%.*s/%s", length > 0 ? (int)length : 1, length > 0 ? at : ".", program);
        if (can_run(path))
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}

fab_status fab_external_find(fab_context *context, const char *program)
{
    if (strchr(program, '/') ? can_run(program) : is_on_path(program))
        return FAB_OK;
    return fab_fail_as(context, FAB_USAGE, "no_solver", "solver '%s': %s", program, strchr(program, '/') ? "there is no such program that can be run" : "there is no such program on the PATH");
}

/* ---- a solve */

struct solve {
    fab_context *context;
    fab_arena *arena;
    struct fab_external *external;
    const struct kind *kind;
    const fab_lp *lp;
    const char *folder; /* NULL: not made yet */
    const char *program, *solution, *basis, *options, *log;
};

static fab_status make_folder(struct solve *solve)
{
    fab_status status = FAB_OK;
    const char *place = getenv("TMPDIR");
    TRY(fab_folder_begin_inside(solve->context, solve->arena, place && *place ? place : "/tmp", &solve->folder));
    if (chmod(solve->folder, PRIVATE) != 0)
        TRY(fab_fail_errno(solve->context, FAB_OUTPUT, "%s", solve->folder));
    TRY_MEMORY(solve->context, solve->program = fab_arena_printf(solve->arena, "%s/program.mps", solve->folder));
    TRY_MEMORY(solve->context, solve->solution = fab_arena_printf(solve->arena, "%s/solution", solve->folder));
    TRY_MEMORY(solve->context, solve->basis = fab_arena_printf(solve->arena, "%s/basis", solve->folder));
    TRY_MEMORY(solve->context, solve->options = fab_arena_printf(solve->arena, "%s/options", solve->folder));
    TRY_MEMORY(solve->context, solve->log = fab_arena_printf(solve->arena, "%s/log", solve->folder));
out:
    return status;
}

static fab_status write_options(const struct solve *solve)
{
    FILE *file = fopen(solve->options, "wxe");
    bool good = file && fputs(highs_options, file) >= 0;
    good = file && fclose(file) == 0 && good;
    return good ? FAB_OK : fab_fail_errno(solve->context, FAB_OUTPUT, "%s", solve->options);
}

static const char *argument_of(const struct solve *solve, const char *argument)
{
    const struct {
        const char *mark, *path;
    } files[] = {{PROGRAM, solve->program}, {SOLUTION, solve->solution}, {BASIS, solve->basis}, {OPTIONS, solve->options}};
    for (size_t f = 0; f < sizeof files / sizeof *files; f++)
        if (strcmp(files[f].mark, argument) == 0)
            return files[f].path;
    return argument;
}

static fab_status run_program(const struct solve *solve, double deadline, struct fab_child_end *end)
{
    const char *arguments[ARGUMENTS + 2] = {solve->external->program};
    for (int a = 0; a < ARGUMENTS && solve->kind->arguments[a]; a++)
        arguments[a + 1] = argument_of(solve, solve->kind->arguments[a]);
    return fab_child_run(solve->context, &(struct fab_child){.argument = arguments, .log = solve->log, .deadline = deadline}, end);
}

/* ---- what it prints */

/* The first word with a version in it: a digit, a point, a digit. */
static void find_version(struct fab_external *external, char *line)
{
    char *rest = NULL;
    for (char *word = strtok_r(line, " ,()\t\r\n", &rest); word; word = strtok_r(NULL, " ,()\t\r\n", &rest)) {
        size_t length = strspn(word, "0123456789.");
        if (isdigit((unsigned char)word[0]) && word[length] == '\0' && strchr(word, '.') && length < FAB_EXTERNAL_VERSION_SIZE / 2) {
            snprintf(external->version, sizeof external->version, "%.*s %s", FAB_EXTERNAL_VERSION_SIZE / 2 - 2, external->program, word);
            return;
        }
    }
}

/* Tells the log line by line; the version is in its first lines. last: its last line. */
static void tell_log(struct solve *solve, char last[LINE_SIZE])
{
    enum { VERSION_LINES = 5 };
    char line[LINE_SIZE];
    FILE *file = fopen(solve->log, "re");
    for (int n = 0; file && n < LOG_LINES && fgets(line, sizeof line, file); n++) {
        line[strcspn(line, "\r\n")] = '\0';
        for (char *c = line; *c; c++)
            *c = isprint((unsigned char)*c) ? *c : '?';
        if (line[0] == '\0')
            continue;
        snprintf(last, LINE_SIZE, "%s", line);
        fab_say(solve->context, FAB_LEVEL_DETAIL, "%s: %s", solve->external->program, line);
        if (n < VERSION_LINES && solve->external->version[0] == '\0')
            find_version(solve->external, line);
    }
    if (file)
        fclose(file);
    if (solve->external->version[0] == '\0')
        snprintf(solve->external->version, sizeof solve->external->version, "%s", solve->external->program);
}

/* ---- its answer */

static void find_reduced_costs(const fab_lp *lp, fab_lp_solution *solution)
{
    for (int j = 0; j < lp->column_count; j++) {
        double sum = lp->column[j].objective;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            sum -= solution->multiplier[lp->row_index[k]] * lp->value[k];
        solution->reduced_cost[j] = sum;
    }
}

static fab_status read_answer(const struct solve *solve, struct fab_external_answer *answer)
{
    const fab_lp *lp = solve->lp;
    const char *program = solve->external->program;
    char why[128] = "";
    if (!fab_external_read(lp, solve->kind->format, solve->solution, answer, why))
        return fab_fail_as(solve->context, FAB_REJECTED, "solver_failed", "solver %s: its answer %s", program, why);
    if (answer->said == FAB_EXTERNAL_NOTHING)
        return fab_fail_as(solve->context, FAB_REJECTED, "solver_failed", "solver %s: it does not say that its answer is the best, nor that there is none", program);
    if (answer->said != FAB_EXTERNAL_OPTIMAL)
        return FAB_OK;
    if (solve->kind->format == FAB_EXTERNAL_CLP)
        answer->basis = fab_external_read_basis(lp, solve->basis, answer->solution);
    if (answer->basis)
        fab_external_tidy_basis(lp, answer->solution);
    else if (!fab_external_guess_basis(lp, answer->multipliers, answer->solution))
        return fab_fail_memory(solve->context);
    find_reduced_costs(lp, answer->solution);
    return FAB_OK;
}

static fab_status take_answer(struct solve *solve, const struct fab_child_end *end, struct fab_external_answer *answer)
{
    fab_status status = FAB_OK;
    char last[LINE_SIZE] = "nothing";
    tell_log(solve, last);
    if (end->late) {
        answer->said = FAB_EXTERNAL_TIME;
        return FAB_OK;
    }
    if (end->signal != 0)
        return fab_fail_as(solve->context, FAB_REJECTED, "solver_failed", "solver %s: ended by signal %d; the last it said: %s", solve->external->program, end->signal, last);
    if (end->code != 0)
        return fab_fail_as(solve->context, FAB_REJECTED, "solver_failed", "solver %s: ended with code %d; the last it said: %s", solve->external->program, end->code, last);
    TRY_MEMORY(solve->context, answer->solution = fab_lp_solution_new(solve->lp));
    TRY(read_answer(solve, answer));
out:
    if (status != FAB_OK || answer->said != FAB_EXTERNAL_OPTIMAL) {
        fab_lp_solution_free(answer->solution);
        answer->solution = NULL;
    }
    return status;
}

fab_status fab_external_solve(fab_context *context, struct fab_external *external, const fab_lp *lp, double deadline, struct fab_external_answer *answer)
{
    struct solve solve = {.context = context, .external = external, .kind = kind_of(external->program), .lp = lp};
    struct fab_child_end end;
    fab_status status = FAB_OK;
    *answer = (struct fab_external_answer){FAB_EXTERNAL_NOTHING, NULL, false, false};
    TRY_MEMORY(context, solve.arena = fab_arena_new());
    TRY(make_folder(&solve));
    TRY(fab_lp_write_numbered(context, lp, solve.program));
    TRY(write_options(&solve));
    TRY(run_program(&solve, deadline, &end));
    TRY(take_answer(&solve, &end, answer));
out:
    if (solve.folder)
        fab_folder_remove(solve.folder);
    fab_arena_free(solve.arena);
    return status;
}
