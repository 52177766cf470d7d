/* fabplan - sweeps: one plan in many futures, solved by many processes or machines, gathered in one database.
 *
 * A sweep is a file of runs, grids and draws. fab_sweep_plan writes a folder of jobs for it; whoever has the folder opens it (fab_sweep_open) and solves runs of it (fab_sweep_run), each of which leaves one file there;
 * fab_sweep_merge stores the results, of one copy of the folder or of many, in a planning database. A run is the base plan's program with the run's changes, started from the base's basis and proven by itself, without
 * tested values and ties, and once more with the base's tool orders and removals. Its result is the same wherever it is solved. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_SWEEP_H
#define FABPLAN_SWEEP_H

#include <fabplan/fabplan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fab_sweep_plan_request {
    const char *file;   /* CSV: kind (run, grid, draw), name, weight, scenarios, table, key, column, operation, values, what, law, p1, p2 */
    const char *folder; /* is made; an existing one must be empty */
    int64_t plan;       /* the base plan of a database; 0: the plan of the present inputs without changes, which is made where it is missing */
    int64_t draws;      /* of every run, where the file has rows that are drawn; 0: none */
    int64_t seed;
    void (*progress)(void *user, const fab_progress *progress); /* of the base plan, as of fab_optimise */
    void *user;
} fab_sweep_plan_request;

/* Writes the folder of a sweep. "fabplan.sweep-plan/1": facts (folder, sweep_sha256, inputs_sha256, base_plan, draws, seed), runs (run, name, weight, scenarios, changes: how many). FAB_INPUT: the file has findings, a scenario is
 * unknown, or the changes of a run do not fit the data (of the first draw). FAB_USAGE: draws are asked for and the file has none, or the other way round; there is no base plan; the folder is not empty. Cost: one solve where
 * the base plan is missing, and making the data set of every run. */
FAB_API fab_status fab_sweep_plan(fab_context *context, fab *handle, const fab_sweep_plan_request *request, fab_result **planned);

typedef struct fab_sweep fab_sweep;

/* Opens a folder that fab_sweep_plan wrote. FAB_USAGE, code no_sweep_folder: it is none; FAB_INPUT: its hashes do not agree. The caller closes it. Cheap: the base is solved with the first run. */
FAB_API fab_status fab_sweep_open(fab_context *context, const char *folder, fab_sweep **sweep);
FAB_API void fab_sweep_close(fab_sweep *sweep);

/* Number of jobs: the base (run 0) and the runs (1 to this less 1). */
FAB_API int64_t fab_sweep_jobs(const fab_sweep *sweep);

/* Whether a run has a result that is of this job. FAB_USAGE: there is no such run. O(bytes of it). */
FAB_API fab_status fab_sweep_is_done(fab_context *context, fab_sweep *sweep, int64_t run, bool *done);

/* Solves a run and writes its result, which says who solved it: shard, such as "2/3" (NULL: "1/1"). A run that has no plan, or whose changes make no data set, has a result that says so. Cost: two solves that start from
 * the base's basis; the first run of an open sweep also that of solving the base again from its own. */
FAB_API fab_status fab_sweep_run(fab_context *context, fab_sweep *sweep, int64_t run, const char *shard);

typedef struct fab_sweep_merge_request {
    const char *const *folders; /* copies of one folder, each with the results of some of the runs */
    int folder_count;
    int64_t *sweep; /* gets the number of the stored sweep; may be NULL */
} fab_sweep_merge_request;

/* Stores the results of a sweep, once: merging the same again changes nothing. The answer is fab_sweep_show's. FAB_INPUT, with a finding for each: a run has no result (whose shard is named), two results that differ, or one of other
 * inputs or of another job; a folder is of another sweep. A result that several folders have is a note. O(results). */
FAB_API fab_status fab_sweep_merge(fab_context *context, fab *handle, const fab_sweep_merge_request *request, fab_result **shown);

typedef struct fab_sweep_show_request {
    int64_t sweep;              /* 0: the newest */
    bool whole;                 /* all tools and runs; else what one screen has room for */
    const char *path;           /* NULL, or a workbook that shows it (book "sweep"); a file of that name is replaced */
    const char *reports_folder; /* NULL, or definitions that override and add to the built-in ones */
} fab_sweep_show_request;

/* A stored sweep. "fabplan.sweep/1": facts (sweep, name, sweep_sha256, inputs_sha256, results_sha256, runs, solved: those with a plan, draws, seed, base_objective_usd, mean_objective_usd, mean_base_tools_usd, value_of_knowing_usd: the
 * expected regret, base_possible: share of the weight in which the base's tools can be had), ranges (what: objective_usd, profit_usd, regret_usd; base, mean, p10, p50, p90), customers (customer, base_fill, mean_fill, p10_fill, p50_fill,
 * p90_fill, base_shipped_usd, mean_shipped_usd, p10_shipped_usd, p50_shipped_usd, p90_shipped_usd), tools (tool_group, share: of the weight of futures that order some; base_tools, p10_tools, p50_tools, p90_tools, mean_usd), runs (run,
 * name, weight, scenarios, status, objective_usd, bound_usd, gap, profit_usd, base_tools_usd: the best with the base's orders and removals, regret_usd, note). Means and percentiles are by weight over runs with a plan, run 0 is the base
 * and has no weight; a percentile is the least value that at least that share of the weight does not exceed. Objective and profit are discounted. FAB_USAGE, code no_sweep: there is none. O(rows). */
FAB_API fab_status fab_sweep_show(fab_context *context, fab *handle, const fab_sweep_show_request *request, fab_result **shown);

#ifdef __cplusplus
}
#endif

#endif
