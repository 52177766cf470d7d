/* fabplan - yield and capacity planning for semiconductor fabs: what the program `fabplan` does, as a library.
 *
 * A fab is opened from a planning database or a folder of CSV files and closed when done; everything else is a verb on it. Verbs return a
 * status (FAB_OK or what went wrong, its message in the context) and give their answer as a result (result.h), which the caller frees with
 * fab_result_free; it is set on FAB_OK alone, except where said. Of every verb that writes: it is done as a whole, or nothing is changed.
 * Beside the errors that are named, every verb can give FAB_NO_MEMORY, FAB_INTERRUPTED and, reading a database, FAB_DATABASE and FAB_BUSY.
 * Members of requests may be left 0 or NULL where a meaning of that is given. Money is in the currency of the data set, which the names of
 * columns call usd; fractions are 0 to 1; dates are YYYY-MM-DD.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_FABPLAN_H
#define FABPLAN_FABPLAN_H

#include <fabplan/context.h>
#include <fabplan/result.h>
#include <fabplan/table.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fab fab;

/* ---- opening ---- */

/* How DATA is opened. */
typedef enum fab_access {
    FAB_READ,   /* a database is not written */
    FAB_WRITE,  /* a database may be written (a plan is stored) */
    FAB_CREATE  /* a new, empty database file; FAB_USAGE when the file exists */
} fab_access;

/* Opens a planning database, or imports a folder of CSV files into a database in memory: what is stored in that ends with it, whatever the
 * access. FAB_INPUT: the folder has findings (fab_context_found). FAB_DATABASE: the file is damaged, foreign or newer. FAB_USAGE: there is no
 * such file; a folder with FAB_CREATE. The caller closes the fab. Cost: reading the folder; of a file up to 32 MiB all of it, of a larger one
 * all but the wafer-lot history. */
FAB_API fab_status fab_open(fab_context *context, const char *data, fab_access access, fab **result);

/* Frees a fab; NULL does nothing. */
FAB_API void fab_close(fab *handle);

/* True when the data is a database file, so that what is stored stays. */
FAB_API bool fab_is_file(const fab *handle);

/* ---- inputs ---- */

typedef struct fab_import_request {
    const char *const *paths; /* CSV files, Excel workbooks (*.xlsx) and STDF V4 files (*.stdf, *.std, also .gz), or one folder of CSV files */
    int path_count;
    bool replace; /* rows that the files do not have are deleted */
    bool dry_run; /* nothing is changed */
    const char *stage; /* STDF: "sort", "final", NULL: what the file says */
    bool lot_in_name;  /* STDF: a wafer is named LOT-WAFER */
    const char *wafer; /* STDF: the wafer of parts that the file puts on none, as final test does, or of the one that it does not name; NULL: such a file is refused */
    int64_t run;       /* STDF: of the test; 0: what the file says */
    bool soft_bins;    /* STDF: bins are software bins, not hardware bins */
    bool make_lots;    /* STDF: lots and wafers that no table has are made of the file: LOT_ID, WAFER_ID, done, started when first tested */
    const char *source; /* STDF: of those lots; NULL: the source, or the one of the item, that PART_TYP names */
    const char *annotate; /* a copy of the one workbook among the paths is written to this path, with the findings in a column "# findings" beside the rows; NULL: none */
} fab_import_request;

/* Loads or updates tables in one transaction; with any finding nothing changes (FAB_INPUT). "fabplan.import/1": tables (table, rows_read,
 * rows_added, rows_changed, rows_deleted); of a dry run also differences: table, key, change (added, changed, removed), column, before, after, a row for each
 * row that would be added or removed and each cell that would be changed, the first 1000 of them. O(rows), memory bounded; of STDF files some 16 bytes a die stay, of workbooks their texts (at most 256 MiB).
 * Of a workbook every sheet is taken that is named after a table; its first row holds the names of the columns, dates are cells with a date format or
 * texts, numbers may be texts. A workbook with macros, links to others, a password or a document type, one that unpacks to more than it should, and what is
 * only called one are FAB_INPUT, each with its own message; error values, formulas without a value and merged cells are findings.
 * STDF files of one run of a wafer's test add up, in the order of their times; a die that two of them have counts as the later one has it, and a
 * file whose MIR (lot, setup and start time, station, node, job) and a die are those of another is the same file again and replaces it. A run of
 * fewer die than the first one is a retest: merged die by die where coordinates tell, else by counts. `export` does not write which file gave
 * which die: after a way through CSV a further file of a run replaces it, with a warning. */
FAB_API fab_status fab_import(fab_context *context, fab *handle, const fab_import_request *request, fab_result **summary);

typedef struct fab_put_request {
    const fab_table *const *tables; /* each named after an input table, its columns after that table's, in any order */
    int table_count;
    bool replace; /* rows that a table does not have are deleted from the input table */
    bool dry_run; /* nothing is changed */
} fab_put_request;

/* Writes rows into input tables as fab_import does from CSV files, with the same checks: a row is added or, when its key exists, updated;
 * columns that a table does not have stay as they are; with any finding nothing changes (FAB_INPUT). Values are taken as their cells in a CSV
 * file are: NULL is an empty cell, numbers may also be texts; a number that is not finite is a finding. Findings name the table ("demand") in
 * place of a file; its first row is line 2, as below the header of one. The same result as of fab_import. O(rows). */
FAB_API fab_status fab_put(fab_context *context, fab *handle, const fab_put_request *request, fab_result **summary);

/* Writes the input tables as an Excel workbook to be filled in: a sheet for each table with its present rows, where columns that must be filled are marked
 * and what is typed is held to the rule of its column (lists of ids and choices, ranges), and a sheet "Guide" of all columns with unit, rule and meaning.
 * fab_import takes it back; unchanged, it changes nothing. Written beside the path, read back, and only then renamed. The same rows give the same bytes.
 * FAB_OUTPUT: it could not be written, or a table has more rows than a sheet holds (1,048,575); FAB_INTERRUPTED. O(cells), some 300 bytes each. */
FAB_API fab_status fab_template(fab_context *context, fab *handle, const char *path);

/* Writes every input table to a folder as CSV; the folder is made when missing. FAB_OUTPUT when that cannot be. O(rows). */
FAB_API fab_status fab_export(fab_context *context, fab *handle, const char *folder);

/* Cross-checks of the inputs. "fabplan.check/1": findings (severity: finding or warning; tbl, row_key, column, message). O(rows log rows). */
FAB_API fab_status fab_check(fab_context *context, fab *handle, fab_result **findings);

/* ---- reading ---- */

enum { FAB_SELECT_ROWS = 1000000 };

typedef struct fab_select_request {
    const char *sql;                 /* one SELECT of SQLite, over the tables of the data dictionary, of plans (plan, plan_...) and of estimates */
    const fab_parameter *parameters; /* NULL when there are none; those that the SQL does not use are ignored */
    int parameter_count;
    int row_limit; /* at most so many rows; 0: FAB_SELECT_ROWS */
} fab_select_request;

/* Runs a SELECT. Whatever the text is, it can only read: other statements, ATTACH, PRAGMA, transactions, extensions and functions that reach
 * out of the database are refused, and so is what would take more than 64 MiB for one value. FAB_INPUT: the text is no such SELECT, lacks a
 * parameter or fails while it runs. "fabplan.select/1": fact complete (1, or 0 when there are more rows than the limit), rows. Cost: the
 * query's; fab_context_interrupt stops it. Memory: that of the rows. */
FAB_API fab_status fab_select(fab_context *context, fab *handle, const fab_select_request *request, fab_result **rows);

/* ---- plans ---- */

/* Progress of a solve. */
typedef struct fab_progress {
    int rows, columns, nonzeros;
    long iterations;
    double objective_usd; /* NAN while no feasible plan is known */
    double seconds;
} fab_progress;

/* Gap up to which a plan that a time limit or an interruption leaves is stored when nothing else is said. */
#define FAB_WORST_GAP 0.05

/* Tested values of a plan when nothing else is said. */
enum { FAB_VALUES = 10 };

typedef struct fab_optimise_request {
    const char *name;          /* of the plan, NULL: that of the data set, and what of the history it takes: "Base, yields p10" */
    const char *policy;        /* NULL: "profit"; "priority": customers by rank; "fair": the least share as large as it can be; "entitlement": nobody below its part alone */
    const double *within;      /* how closely the value of a policy's stage is kept, relative, 0 to less than 1; NULL: 0.001 */
    const double *give;        /* share of the profit of policy "profit" that another may cost, at least 0; NULL: any */
    double calm;               /* share of the objective that may be given up so that starts move less from period to period, at least 0; 0: none */
    bool integer;              /* tools are ordered and removed in whole numbers; values are then those with these tools fixed */
    const double *gap;         /* of `integer`: how far from the proven bound a plan may be to count as the best, relative to its objective, at least 0; of `robust` by decomposition: the same of the tools and the mean objective; NULL: 1e-4 */
    double time_limit_seconds; /* 0: none */
    double worst_gap;          /* of a plan that the time limit or an interruption leaves, relative to its objective: 0: FAB_WORST_GAP; below 0: 0 */
    int values;                /* limits whose next step is tested by solving again: the top of the list; 0: FAB_VALUES, below 0: none */
    const char *yield;         /* NULL or "plan": the data set's own yields; "fit", "p10", "p50", "p90": of the newest estimates (history.h) */
    const char *measured;      /* NULL, or words joined by commas (availability, cycle_time, batch_fill, units_per_setup, tool_down): what the history measured in place of what was planned */
    const char *scenario;      /* NULL, or "A,B": changes of the data set to plan with (what is decided before a scenario's surprise_from is decided without it), each the name of a scenario that is stored (of a folder: in its folder `scenarios`) or the path of a file of changes */
    const char *start;         /* NULL, or a day of the calendar from which the plan runs: YYYY-MM-DD; what lies before it is history, stock and lots are as of it */
    const char *fill;          /* NULL, or "A=0.8,B=0.5": customers who get at least this share of the value that they want, in every stage */
    const char *goal;          /* NULL or "profit"; "capital": the least price of all tool orders for the fills, then the profit with it */
    const char *stages;        /* NULL, or the path of a CSV file of stages (number, name, objective, sense, within), in the place of a policy */
    int64_t from_plan;         /* with start: the stored plan that this one goes on from, on the end of one of its periods: what it bought, made, started and owes is taken over (stock, lots and receipts are the data's where setting as_of is
                                  the day); and the plan of freeze and stability; 0: the released one is that */
    double freeze;             /* days: starts, tools and wafers that go on are the old plan's in periods that start before, but for changes at ten times their price; 0: none */
    double stability;          /* share of its price that a change of a start or tool costs in later periods; 0: none */
    const char *method;        /* how programs are solved from nothing: NULL or "auto": by the simplex method up to 10,000 rows (plans are the same on every machine), above by the interior point; "simplex"; "interior". Either way the exact check decides, and where one gives no
                                  proof the other is tried. Whole tools: always the simplex method. The values of an interior plan are not tested: that takes a vertex */
    const char *robust;        /* NULL, or the folder of a sweep (sweep.h) that was planned for these inputs, or its file when nothing is drawn: tools are ordered and removed for all of its futures, by weight, and the plan is that of the inputs with these tools; with policy profit alone. Futures of more than 40,000 rows together are not solved whole but by decomposition, until `gap` is proven or three quarters of the time limit are over */
    const char *solver;        /* NULL: fabplan's own ways; "clp", "cbc", "highs" or a program (src/lp/external.h says how it is called): who solves each program that has no answer near to start from. Its answer counts on its exact proof alone */
    bool hard;                 /* promises (min_fill) and minimum starts hold, or there is no plan; minima that are free to break stay so */
    void (*progress)(void *user, const fab_progress *progress); /* called now and then on this thread; NULL: nobody is told */
    void *user;                                                 /* for progress */
} fab_optimise_request;

typedef struct fab_optimise_result {
    fab_outcome outcome; /* FAB_LIMIT with a plan: its proven gap is at most the worst one, or what makes it one of equal plans is missing */
    int64_t plan;       /* number of the stored plan, 0 when there is none; set also when the plan is stored and the answer then fails */
    fab_result *answer; /* "fabplan.plan/2", NULL on a failure; the caller frees it */
} fab_optimise_result;

/* Makes, proves and stores a plan. The answer is that of fab_plan_show or, without a plan, the facts plan (NULL) and status ("infeasible",
 * "undecided" or "limit"), violation (the least sum of relative violations of limits that was found; proven to be above 1e-7 when infeasible)
 * and, infeasible, the lists conflict (equation, name, limit, excess, direction, unit): the least change of limits, relative to each, that makes a plan possible, and conflict_set (equation,
 * name, limit, direction, unit, alone): limits that cannot hold together, of which none can be left out, and what each alone would have to give for the others to hold (NULL: not found; no
 * rows: the time was not enough to find them). Where no tools can be had in all futures of `robust` the status is infeasible, too, without these lists.
 * A time limit, or a wish to stop during a solve, stores the best plan whose check is done when its gap is at most the worst one; while
 * values are tested it is the finished plan with the values so far. FAB_OK with an outcome; FAB_INTERRUPTED when there was none to store;
 * FAB_REJECTED when the proof fails (nothing is stored; codes "solver_refused", "solver_failed": of another solver); FAB_USAGE: a solver that is not there (code "no_solver"), an unknown policy, goal, customer of a fill or scenario, capital without a fill, stages and a policy,
 * yields or measures that there are none of, a start outside the calendar or at no end of a period of the plan that is gone on from; FAB_INPUT: changes or a file of stages with findings. Cost: the solve's; a fab of 10,000 rows takes seconds. */
FAB_API fab_status fab_optimise(fab_context *context, fab *handle, const fab_optimise_request *request, fab_optimise_result *result);

typedef struct fab_calm_request {
    const char *policy;        /* as of fab_optimise_request */
    const char *scenario;      /* as of fab_optimise_request */
    const char *start;         /* as of fab_optimise_request */
    double time_limit_seconds; /* 0: none */
} fab_calm_request;

/* How much calmer the starts of own lines can be for a share of the objective; nothing is stored. "fabplan.calm/1": facts (policy, status, objective_usd, bound_usd, gap: of the best plan) and points (share of the
 * objective that may be given up, objective_usd, given_usd, movement: sum of |changes of weekly starts|, movement_bound: nothing moves less, gap of the movement, restlessness, check "verified" or "rejected"), in the
 * order of falling objectives; none without a proven plan, fewer when the time was over. FAB_USAGE and FAB_INPUT as of fab_optimise. Cost: a plan, and a warm solve a point. */
FAB_API fab_status fab_calm(fab_context *context, fab *handle, const fab_calm_request *request, fab_outcome *outcome, fab_result **curve);

/* Stored plans, newest last. "fabplan.plans/1": plans (plan, name, policy, scenario (NULL: none), start (NULL: the calendar's), yields, measured, simulated, released, status,
 * objective_usd, profit_usd, gap, created_utc, inputs_sha256, content_sha256). O(plans). */
FAB_API fab_status fab_plans(fab_context *context, fab *handle, fab_result **plans);

/* Number of the plan that counts (asked 0): the one released last, else the newest optimal one. FAB_USAGE when there is none or the asked one (> 0)
 * does not exist; code "no_optimal_plan": there are plans, none of which is released or optimal. O(plans). */
FAB_API fab_status fab_find_plan(fab_context *context, fab *handle, int64_t asked, int64_t *plan);

/* A stored plan. "fabplan.plan/2": facts (plan, name, policy, status, objective_usd, bound_usd, gap, check; inputs_sha256, content_sha256; profit_usd,
 * policy_price_usd, restlessness, simulated, yields, measured), model, seconds, totals, warnings, customers, lines, tool_groups, demands, broken_promises, starts,
 * shipments, stock, substitutions, purchases, removals, power, budget, wip, reasons, changes, targets, cumulated, moved, mixes, independence, stages,
 * values. Lists of what the program cannot plan yet are empty. Money of a row is that of all its units and of its own day; totals, profit, stages,
 * values and what is per hour and per unit are discounted. plan is a number that fab_find_plan or fab_optimise gave; any other is FAB_DATABASE. O(its rows). */
FAB_API fab_status fab_plan_show(fab_context *context, fab *handle, int64_t plan, fab_result **shown);

/* One list of a stored plan. "fabplan.show/1": fact plan, and a list named `what`: a list of "fabplan.plan/2" with its columns, "tools", which are the
 * tool_groups, "pegging" (demand, period, item, from: stock, receipt, wip or source, key, arrival, quantity), or "kpis", key figures of independence (kpi, key, period, value, unit). plan as of fab_plan_show. FAB_USAGE, code "unknown_plan_table": there is no such list; the message names one that is like it, or all. O(its rows). */
FAB_API fab_status fab_show(fab_context *context, fab *handle, int64_t plan, const char *what, fab_result **shown);

/* Makes a stored plan the one that counts, until another is released: fab_find_plan finds it. The plan is not changed. FAB_USAGE: there is no such plan. O(1). */
FAB_API fab_status fab_plan_release(fab_context *context, fab *handle, int64_t plan);

/* Opens what a stored plan was made from: its inputs as they were, whatever was imported since, and the plan itself (0: the one that counts), as a fab in
 * memory that the caller closes. fab_export gives the inputs back (of the history the lots that were under way), fab_write_model the plan's exact
 * program, fab_report its book. FAB_USAGE, code "no_plan_input": the plan was made before plans kept their inputs; FAB_DATABASE: what was kept is
 * damaged. O(rows of inputs and plan). */
FAB_API fab_status fab_open_plan(fab_context *context, fab *handle, int64_t plan, fab **opened);

/* The plan on one page. "fabplan.summary/1": summary (key, number, text, unit), customers, values, broken_promises. O(its rows). */
FAB_API fab_status fab_plan_summary(fab_context *context, fab *handle, int64_t plan, fab_result **summary);

/* ---- scenarios ---- */

/* Stores scenarios of files of changes and of folders of them (with the list scenario.csv) in a database, in place of those of the same names; each is applied to the data set
 * first. "fabplan.scenarios/1": scenarios (scenario, changes (their number), surprise_from (NULL: known from the start), name, stored: "added", "replaced", "unchanged"). FAB_INPUT: a file or a
 * change has findings, and nothing is stored; FAB_USAGE: DATA is a folder. O(changes x rows of their tables). */
FAB_API fab_status fab_scenario_add(fab_context *context, fab *handle, const char *const *paths, int path_count, fab_result **added);

/* The scenarios that a database stores, or the folder `scenarios` of a folder has: the same but for `stored`. O(changes). */
FAB_API fab_status fab_scenario_list(fab_context *context, fab *handle, fab_result **list);

/* The changes of scenarios ("A,B": names or paths of files, as fab_optimise takes them) and what they change of the data set. "fabplan.scenario/1": facts scenario, name,
 * surprise_from; changes (scenario, number, table, key, column, operation, value, from, to, basis); differences (table, key, column, before, after, from, to: NULL column: a row that is
 * added or goes; NULL before and column: added; a figure that no table holds, such as d0_per_cm2, has in `after` what is done to it over [from, to)). FAB_USAGE: an unknown scenario; FAB_INPUT: a change has findings. O(rows log rows). */
FAB_API fab_status fab_scenario_show(fab_context *context, fab *handle, const char *scenario, fab_result **shown);

/* ---- questions ---- */

/* One of the members from demand to cycle_time, or none: then everything that can be moved. period beside another one asks for its limits in that period alone. */
typedef struct fab_explain_request {
    int64_t plan;           /* 0: the released, else the newest optimal one; of a folder one is made */
    const char *demand;     /* an order: what one more step of it costs, and of what */
    const char *customer;   /* the order of it that is missed most, and what earns more on the tools that it lacks */
    const char *tool_group; /* hours and tools */
    const char *line;       /* its limits, its tool groups and its sources */
    const char *period;     /* what can be moved in it: a period's name, or a day */
    const char *budget;     /* a day: the row of the budget that counts on it */
    const char *site;       /* power, and floor of its lines */
    const char *contract;   /* a source with limits */
    const char *yield;      /* a source: a point of unit yield, or where that is 1 of line yield */
    const char *cycle_time; /* a route: a day less */
    bool infeasible;        /* of the inputs, not of a plan: whether there is a plan, and which limits contradict each other */
    double step;            /* units of an order or a customer; 0: 1 % of the quantity, or what is short, if that is less */
    int values;             /* limits in the list; 0: FAB_VALUES, below 0: none */
} fab_explain_request;

/* Why, and what it is worth, every figure found by solving again with its own proof. "fabplan.explain/1": facts (plan, subject, key, period, order, what, what_key, step, unit, gain_usd of the step, mean_usd and
 * marginal_usd of a unit: of the step, and of its last; worth_usd, at_most_usd, holds_to, tie, plan_objective_usd, objective_usd and bound_usd of the program that was solved again, text), chain (rank, family, key, label, period,
 * binding, usd, share, amount, unit, usd_per_amount; they add up to marginal_usd of an order, else to that of the whole step), money, output (demand, customer, item, units, usd), displaced, serves, of a tool group points (point: batch_fill, availability or units_per_setup,
 * cause, step, unit, from, to, capacity_frac, capacity_starts, gain_usd, objective_usd, bound_usd), values; infeasible: subject, status, violation,
 * text, conflict, conflict_set (as of fab_optimise). Money is discounted. What was tested is added to the plan's values, where the data is a database open to write. FAB_USAGE: no such plan or id, or a plan that keeps no inputs. Cost: some warm solves for each limit of the list. */
FAB_API fab_status fab_explain(fab_context *context, fab *handle, const fab_explain_request *request, fab_result **explained);
typedef struct fab_compare_request {
    const char *const *plans; /* two or more, the first is the base; or one, against the plan that counts (fab_find_plan), or the inputs without changes when there is none. Each is the number of a plan, scenarios as
                                 fab_optimise takes them ("A,B"), the name of a plan (the newest of it) or "base": the inputs as they are */
    int count;
    int kinds;  /* kinds of changed inputs that are solved one at a time, for each plan: 0: 8, below 0: none */
    bool whole; /* all rows of every list, and the list of all differences of the inputs; else what one screen has room for */
    const char *path;           /* NULL, or a workbook that shows the whole comparison (book "compare"); a file of that name is replaced */
    const char *reports_folder; /* NULL, or definitions that override and add to the built-in ones */
    void (*progress)(void *user, const fab_progress *progress); /* as of fab_optimise */
    void *user;
} fab_compare_request;

/* Plans and scenarios side by side; a scenario of the present inputs that is not planned yet is planned first, and stored. "fabplan.compare/1", in every list but the first by plan, each against the base: plans (plan,
 * name, policy, scenario, status, objective_usd, profit_usd, gap, inputs_sha256), money (plan, figure, before, after, change), customers (plan, customer, fill_before, fill_after, fill_change,
 * shipped_usd_before, shipped_usd_after, shipped_usd_change, units_change), chips (plan, item, customers, units_before, units_after, units_change, usd_change), lines (plan, line, starts_before, starts_after,
 * starts_change), tools (plan, tool_group, tools_before, tools_after, usd_change), bottlenecks (plan, limit, periods_before, periods_after, at_most_usd_before, at_most_usd_after), help (plan, limit,
 * from_period, step, gain_usd), reasons (plan, input, differences, example, objective_usd, profit_usd, gap, fills), whole: differences (plan, table, key, column, before, after, from, to). A reason is one
 * kind of change: the base solved again with it alone, with its own proof (gap); what they make only together is the input "together". Money and reasons are discounted, what customers and chips have is of its own day. FAB_USAGE, code unknown_plan:
 * a word means nothing, or there is no plan of it; code no_plan_input: a plan was made before plans kept their inputs; FAB_OUTPUT: the workbook cannot be written. Cost: a solve for each scenario to plan, one for the base and a warm one for each kind. */
FAB_API fab_status fab_compare(fab_context *context, fab *handle, const fab_compare_request *request, fab_result **comparison);


/* A stored plan (0: the released, else the newest optimal one) against the lots and receipts that the data have now. "fabplan.track/1": plan, plan_start, as_of (the last event of the history; without one setting as_of),
 * costs_at_least_usd (sum of costs_usd), tested_usd (what all differences together cost: the plan solved again with them, though it could have known; NULL: no plan is possible with them), objective_usd, tested_objective_usd and
 * tested_bound_usd of its proof; track, a row for each source and period up to as_of: starts_planned and starts_actual, units_planned and units_actual (good units of lots that are finished with all that was split off them; of
 * sources without a route what was received), yield_ and days_planned and _actual (good units of the gross ones of what was started, cycle times, of what came out), the difference of units_by_starts, units_by_yield (at planned
 * starts and times) and units_by_time (the rest), usd_per_unit by the plan's multiplier, costs_usd (at least; below 0: gains at most). Discounted. Lines and suppliers of which the data record nothing are left out, with a note.
 * FAB_USAGE: no such plan, it keeps no inputs, or it is not known up to when (code no_history). Cost: two warm solves. */
FAB_API fab_status fab_plan_track(fab_context *context, fab *handle, int64_t plan, fab_result **tracked);

typedef struct fab_rank_request {
    int64_t plan; /* 0: the released, else the newest optimal one; of a folder one is made */
    int values;   /* bottlenecks at most; 0: FAB_VALUES */
} fab_rank_request;

/* Chips by what they earn an hour of each bottleneck. "fabplan.rank/1": plan; bottlenecks (tool_group, periods in which its hours bind, period in which they are worth most, step, unit, gain_usd and usd_per_hour of 1 % more
 * of them, found by solving again, at_most_usd, holds_to, tie, objective_usd, bound_usd; discounted), what is worth most first; chips (tool_group, rank, item, usd_per_hour, price_usd: mean of its orders, cost_usd and
 * hours of a unit over its whole bill of materials as the plan makes it, shipped, short; of the day). The hours that were tested are added to the plan's values. Errors as of fab_explain. Cost: some warm solves for each bottleneck. */
FAB_API fab_status fab_rank(fab_context *context, fab *handle, const fab_rank_request *request, fab_result **ranked);

typedef struct fab_independence_request {
    int64_t plan;         /* 0: the released, else the newest optimal one; of a folder one is made */
    const char *stop;     /* day from which a region stops for good, YYYY-MM-DD; NULL: the plan's first day. A later one is a surprise: what was decided before stays */
    const char *scenario; /* "A,B": as of fab_optimise_request, each looked at alone; NULL: none */
} fab_independence_request;

/* What independence is worth to a plan, each figure found by solving again, with its proof. "fabplan.independence/1": plan, objective_usd, bound_usd; survival (region, customer, from_date of the stop, months: whole ones until the
 * customer's orders of a period, at their prices, are filled to less than half, to the horizon's end where they never are, until: that period or NULL, base_months: the same without the stop), for each region that sources depend
 * on; stops (key: region or scenario, kind "stop" or "scenario", from_date: of its first change, value_left: value shipped by that of the plan, value_left_year: the same in the year from then on, objective_usd, bound_usd; NULL where
 * no plan is possible); curve (layer LO, ME or PK, plan_share: own part of the value that arrives, share: at least this must be own, in five steps, reached, given_usd of profit, discounted, usd_per_point of share above the
 * plan's, next_usd_per_point from the step before, objective_usd, bound_usd), no rows of a layer of which nothing arrives. Key figures K6 to K9 are added to the plan's. FAB_USAGE: no such plan, day or scenario; FAB_INPUT: a
 * scenario has findings; FAB_REJECTED: a proof fails. Cost: a solve for each region and scenario, five warm ones for each layer. */
FAB_API fab_status fab_independence_worth(fab_context *context, fab *handle, const fab_independence_request *request, fab_result **worth);

typedef struct fab_quote_request {
    int64_t plan;         /* 0: the released, else the newest optimal one; of a folder one is made */
    const char *item, *date, *customer;
    double quantity;
    const char *file;     /* NULL, or a CSV file of orders in place of one: item, quantity, date, customer, quote? (a name) */
} fab_quote_request;

/* Quotes of new orders on a plan whose tool orders and removals are fixed. "fabplan.quote/1": plan; quotes (quote, item, customer, quantity, date, period; without breaking a promise, every order's shipments added up by
 * period at least the plan's: earliest and earliest_date, the period by whose end it can be had whole, and its first day (NULL: not in the horizon), most (units by then, else in the horizon), most_before (units that can be
 * had a period earlier; NULL: it is in time) and most_before_usd (a unit more then costs at least so much, by proof), free_loss_usd (of the objective, without the order's price, discounted), free_break_even_usd (a unit, of the day it ships),
 * free_base_usd, free_objective_usd and free_bound_usd (the programs without and with it); the same with displacing_ where it ships in the period of its date and nothing is kept (NULL: it cannot); text), promised (quote, period,
 * quantity: of the free promise), displaced (quote, demand, customer, item, units, usd: who gets less, or more). What was tested is added to the plan's values. FAB_USAGE: no such plan, item, customer or date; FAB_INPUT: the file has
 * findings. Cost: two programs solved, then some warm solves for each quote. */
FAB_API fab_status fab_quote(fab_context *context, fab *handle, const fab_quote_request *request, fab_result **quoted);

/* ---- output ---- */

typedef struct fab_report_request {
    int64_t plan, snapshot;               /* 0: the plan that counts (fab_find_plan), the newest snapshot */
    int64_t *plan_shown, *snapshot_shown; /* set to what the book shows, 0 for none; may be NULL */
    const char *book;                     /* "planner" shows a stored plan, "yield" a snapshot of yield estimates, or one of the folder */
    const char *path;                     /* of the workbook; a file of that name is replaced; NULL: none. NAME.csv: the sheet `book` ("release_days") alone, as CSV */
    const char *reports_folder;           /* NULL, or definitions that override and add to the built-in ones */
    const char *page;                     /* path of a page (HTML) of this plan and up to eleven others, newest first, to choose from; a file of that name is replaced; NULL: none */
    const char *revalue;                  /* NULL, or "A,B" as of fab_optimise_request.scenario: the same plan at other prices, in books that show its drivers */
} fab_report_request;

/* Writes a book as an Excel workbook; of a plan with the inputs that it was made from. The file appears whole and verified, or not at all (FAB_OUTPUT). The page is one file that loads nothing: charts, tables,
 * a choice of plans. FAB_USAGE when the plan or snapshot
 * that the book shows does not exist, or (code not_a_price) a change of `revalue` is not of a price; FAB_INPUT: a definition of the folder, or a change, is wrong. O(cells). */
FAB_API fab_status fab_report(fab_context *context, fab *handle, const fab_report_request *request);

typedef enum fab_model_format { FAB_MODEL_MPS, FAB_MODEL_LP } fab_model_format;

/* Writes the linear program for another solver: of the inputs with policy profit, or of the plan that was opened (fab_open_plan): with the rows of its policy, and with bounds that hold its point, so that its optimum is the plan's objective. FAB_OUTPUT when the file cannot be written. O(nonzeros). */
FAB_API fab_status fab_write_model(fab_context *context, fab *handle, fab_model_format format, const char *path);

/* Whether a file may be replaced without asking whoever owns it: a workbook, page or linear program that this library has written, a workbook that fab_import has given back with
 * remarks, or an empty file. False for everything else, and for what cannot be read: errno, which the caller has set to 0, is then EIO. O(1). */
FAB_API bool fab_made_file(const char *path);

/* ---- about ---- */

/* Checks a database: integrity, schema, and of every stored plan that its rows are what was stored and its certificate holds for the inputs that it keeps
 * (plans that keep none: while the inputs are unchanged). "fabplan.doctor/1": checks
 * (check, result, detail); of plans with whole decisions the result is "in part": that nothing is better is proven again with them fixed, the search for their bound is not repeated. It is given also with FAB_DATABASE when a plan is wrong; NULL on every other failure. O(database), and for each
 * plan an exact check of its program. */
FAB_API fab_status fab_doctor(fab_context *context, fab *handle, fab_result **report);

/* The equation families of the linear program. "fabplan.equations/1": equations (code, name, meaning). */
FAB_API fab_status fab_equation_families(fab_context *context, fab_result **families);

/* One line: fabplan and the libraries it runs with; the caller frees it with fab_free. NULL when memory is short. */
FAB_API char *fab_versions(void);

#ifdef __cplusplus
}
#endif

#endif
