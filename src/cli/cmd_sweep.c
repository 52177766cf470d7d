/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <fabplan/sweep.h>

#include "pool.h"
#include "signals.h"
#include "try.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct cli_option options[] = {
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "plan: the base plan; default: that of the inputs as they are, made where it is missing"},
    {"draws", 0, CLI_NUMBER, offsetof(struct cli_values, draws), "N", NULL, "plan: how often the figures that the file draws are drawn for every run"},
    {"seed", 0, CLI_NUMBER, offsetof(struct cli_values, seed), "S", NULL, "plan: seed of the draws (1)"},
    {"shard", 0, CLI_TEXT, offsetof(struct cli_values, shard), "K/N", NULL, "run: the K-th of N parts of the runs, one for each machine"},
    {"workers", 0, CLI_NUMBER, offsetof(struct cli_values, workers), "W", NULL, "run: processes at a time (1)"},
    {"sweep", 0, CLI_NUMBER, offsetof(struct cli_values, sweep), "N", NULL, "show: which sweep; default: the newest"},
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE, "merge, show: also write the sweep as a workbook; a file of that name is replaced"},
    CLI_FORCE,
    {"reports", 0, CLI_TEXT, offsetof(struct cli_values, reports), "FOLDER", CLI_FOLDER, "report definitions that replace and add to the built-in ones"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (plan: fabplan.sweep-plan/1; merge, show: fabplan.sweep/1)"},
    {"no-times", 0, CLI_FLAG, offsetof(struct cli_values, no_times), NULL, NULL, "leave out of the JSON what differs from time to time: created_utc"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan sweep plan data/terafab data/terafab-sweep.csv jobs", "a folder of jobs: the 18 scenarios"},
    {"fabplan sweep plan fab.db risks.csv jobs --draws 200 --seed 7", "200 draws of every run"},
    {"fabplan sweep run jobs --workers 4", "solve what has no result yet, four at a time"},
    {"fabplan sweep run jobs --shard 2/3", "the second of three machines"},
    {"fabplan sweep merge jobs fab.db -o sweep.xlsx", "all results into a database, and a workbook"},
    {NULL, NULL},
};

/* ---- plan ---- */

static int run_plan(struct cli *cli, const struct cli_words *words)
{
    const fab_sweep_plan_request request = {.file = words->word[words->count - 2], .folder = words->word[words->count - 1], .plan = cli->values.plan, .draws = cli->values.draws,
                                            .seed = cli->values.seed > 0 ? cli->values.seed : 1, .progress = cli_terminal_progress, .user = &cli->terminal};
    fab_status status;
    fab *opened = NULL;
    fab_result *planned = NULL;
    cli_take_operand(cli);
    cli->operand_count -= 2; /* what is left is DATA */
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    status = fab_sweep_plan(cli->context, opened, &request, &planned);
    cli_terminal_clear(&cli->terminal);
    if (status == FAB_OK)
        status = cli_print_result(cli, planned);
out:
    fab_result_free(planned);
    fab_close(opened);
    return cli_finish(cli, status);
}

/* ---- run ---- */

/* Runs on their way. */
struct running {
    struct cli *cli;
    fab_sweep *sweep; /* opened anew in every worker: its base belongs to the process */
    const char *folder, *shard;
    int64_t *jobs;
    int count, done, failed;
    bool own; /* in a worker that has opened it */
};

/* "K/N" with 1 <= K <= N. */
static fab_status read_shard(struct cli *cli, int64_t *part, int64_t *parts)
{
    const char *text = cli->values.shard;
    char *end = NULL;
    *part = *parts = 1;
    if (!text)
        return FAB_OK;
    errno = 0;
    *part = strtoll(text, &end, 10);
    if (*end == '/')
        *parts = strtoll(end + 1, &end, 10);
    if (errno != 0 || *end || *part < 1 || *part > *parts)
        return fab_fail(cli->context, FAB_USAGE, "--shard is '%s', must be K/N with K from 1 to N, such as 2/3", text);
    return FAB_OK;
}

/* Jobs of the shard that have no result yet; every N-th, so that each has some of everything. */
static fab_status find_jobs(struct running *running)
{
    fab_status status = FAB_OK;
    struct cli *cli = running->cli;
    int64_t part, parts, count = fab_sweep_jobs(running->sweep);
    TRY(read_shard(cli, &part, &parts));
    TRY_MEMORY(cli->context, running->jobs = calloc((size_t)count + 1, sizeof *running->jobs));
    for (int64_t run = part - 1; run < count; run += parts) {
        bool done = false;
        TRY(fab_sweep_is_done(cli->context, running->sweep, run, &done));
        running->done += done;
        if (!done)
            running->jobs[running->count++] = run;
    }
    if (running->done > 0)
        fab_say(cli->context, FAB_LEVEL_NOTE, "%d run%s %s done already", running->done, running->done == 1 ? "" : "s", running->done == 1 ? "is" : "are");
out:
    return status;
}

static int work(void *user, int64_t run, char text[POOL_TEXT_SIZE])
{
    struct running *running = user;
    fab_context *context = running->cli->context;
    fab_status status = FAB_OK;
    if (!running->own) {
        fab_sweep_close(running->sweep);
        running->sweep = NULL;
        running->own = true;
        TRY(fab_sweep_open(context, running->folder, &running->sweep));
    }
    TRY(fab_sweep_run(context, running->sweep, run, running->shard));
out:
    snprintf(text, POOL_TEXT_SIZE, "%s", status == FAB_OK ? "" : fab_context_message(context));
    return fab_status_exit_code(status);
}

static void ended(void *user, const struct cli_pool_end *end)
{
    struct running *running = user;
    fab_context *context = running->cli->context;
    if (end->code == 0) {
        running->done++;
        fab_say(context, FAB_LEVEL_DETAIL, "run %lld is done", (long long)end->job);
        return;
    }
    running->failed++;
    if (end->code == fab_status_exit_code(FAB_INTERRUPTED))
        return;
    if (end->signal > 0)
        fab_say(context, FAB_LEVEL_WARNING, "run %lld: its process was ended by signal %d (%s); the others go on", (long long)end->job, end->signal, strsignal(end->signal));
    else if (end->code < 0)
        fab_say(context, FAB_LEVEL_WARNING, "run %lld: its process ended without a result; the others go on", (long long)end->job);
    else
        fab_say(context, FAB_LEVEL_WARNING, "run %lld: %s", (long long)end->job, end->text);
}

static fab_status solve_jobs(struct running *running)
{
    struct cli *cli = running->cli;
    const int workers = cli->values.workers > 0 && cli->values.workers < running->count ? (int)cli->values.workers : cli->values.workers > 0 ? running->count : 1;
    const struct cli_pool pool = {running->jobs, running->count, workers, work, ended, cli_signals_caught, running};
    if (running->count > 0 && !cli_pool_run(&pool))
        return fab_fail(cli->context, FAB_INTERNAL, "no process could be made: %s", strerror(errno));
    if (cli_signals_caught())
        return fab_fail(cli->context, FAB_INTERRUPTED, "interrupted: %d runs are done, the others are not", running->done);
    if (running->failed > 0)
        return fab_fail(cli->context, FAB_INTERNAL, "%d run%s ended without a result: run again to try %s once more", running->failed, running->failed == 1 ? "" : "s", running->failed == 1 ? "it" : "them");
    fprintf(cli->out, "%d runs are done\n", running->done);
    return FAB_OK;
}

static int run_run(struct cli *cli, const struct cli_words *words)
{
    struct running running = {.cli = cli, .folder = words->word[0], .shard = cli->values.shard ? cli->values.shard : "1/1"};
    fab_status status;
    TRY(fab_sweep_open(cli->context, running.folder, &running.sweep));
    TRY(find_jobs(&running));
    cli->changed = true;
    TRY(solve_jobs(&running));
out:
    fab_sweep_close(running.sweep);
    free(running.jobs);
    return cli_finish(cli, status);
}

/* ---- merge, show ---- */

static fab_status write_book(struct cli *cli, fab *opened, int64_t sweep, fab_result **shown)
{
    const fab_sweep_show_request request = {.sweep = sweep, .whole = cli->values.json, .path = cli->values.output, .reports_folder = cli->values.reports};
    fab_status status = FAB_OK;
    TRY(fab_sweep_show(cli->context, opened, &request, shown));
    TRY(cli_print_result(cli, *shown));
    if (cli->values.output)
        fab_say(cli->context, FAB_LEVEL_NOTE, "workbook: %s", cli->values.output);
out:
    return status;
}

/* Folders are those of the sweep, what is none is the database: it is made where it does not exist. */
static fab_status open_target(struct cli *cli, const char *path, fab **opened)
{
    struct stat found;
    return fab_open(cli->context, path, stat(path, &found) != 0 && errno == ENOENT ? FAB_CREATE : FAB_WRITE, opened);
}

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static int run_merge(struct cli *cli, const struct cli_words *words)
{
    int64_t sweep = 0;
    fab_status status = FAB_OK;
    fab *opened = NULL;
    fab_result *merged = NULL, *shown = NULL;
    const char *target = NULL, **folders = calloc((size_t)words->count + 1, sizeof *folders);
    fab_sweep_merge_request request = {.folders = folders, .sweep = &sweep};
    TRY_MEMORY(cli->context, folders);
    for (int w = 0; w < words->count; w++) {
        if (is_folder(words->word[w]))
            folders[request.folder_count++] = words->word[w];
        else if (!target)
            target = words->word[w];
        else
            TRY(fab_fail(cli->context, FAB_USAGE, "sweep merge: %s and %s are no folders; name one database", target, words->word[w]));
    }
    if (!target || request.folder_count == 0)
        TRY(fab_fail(cli->context, FAB_USAGE, "sweep merge takes folders of a sweep and a database; `fabplan help sweep` says more"));
    cli->operands[0] = target; /* DATA, which the output may not be */
    if (cli->values.output)
        TRY(cli_check_workbook(cli, cli->values.output));
    TRY(open_target(cli, target, &opened));
    TRY(fab_sweep_merge(cli->context, opened, &request, &merged));
    cli->changed = true;
    TRY(write_book(cli, opened, sweep, &shown));
out:
    free(folders);
    fab_result_free(merged);
    fab_result_free(shown);
    fab_close(opened);
    return cli_finish(cli, status);
}

static int run_show(struct cli *cli, const struct cli_words *words)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *shown = NULL;
    (void)words;
    cli_take_operand(cli);
    if (cli->values.output)
        TRY(cli_check_workbook(cli, cli->values.output));
    TRY(cli_open_database(cli, FAB_READ, &opened));
    TRY(write_book(cli, opened, cli->values.sweep, &shown));
out:
    fab_result_free(shown);
    fab_close(opened);
    return cli_finish(cli, status);
}

/* ---- the command ---- */

static const struct cli_part parts[] = {
    {"plan", "DATA, the file of the sweep and a new folder", 2, 3, run_plan},
    {"run", "the folder of the sweep", 1, 1, run_run},
    {"merge", "folders of the sweep and a database", 2, -1, run_merge},
    {"show", "a database", 0, 1, run_show},
    {NULL, NULL, 0, 0, NULL},
};

static int run_sweep(struct cli *cli)
{
    struct cli_words words;
    int code = 0;
    const struct cli_part *part = cli_part_choose(cli, parts, 0, &words, &code);
    return part ? part->run(cli, &words) : code;
}

const struct cli_command cli_cmd_sweep = {
    .name = "sweep",
    .operands = "plan [DATA] FILE DIR | run DIR | merge DIR... DB | show [DB]",
    .summary = "one plan in many futures, solved in parallel, on one machine or many",
    .description = "FILE is CSV: kind (run, grid, draw), name, weight, scenarios (A,B), table, key, column, operation, values (joined by |), what (yield, demand, delivery),\n"
                   "law (normal, lognormal, uniform), p1, p2 (mean and standard deviation, or low and high). Each run is one future, grids multiply, draws are applied to\n"
                   "every run (--draws, --seed). plan writes a folder of jobs; run solves those that have no result yet in processes of their own, so that one that crashes is\n"
                   "reported and the others go on; merge stores all results of copies of the folder, once. A result is the same wherever it is solved. Printed are\n"
                   "p10, p50 and p90 of profit and of each customer's fill, the tools that are ordered in most futures, and what the base plan's tools cost in each (regret).",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = -1,
    .run = run_sweep,
};
