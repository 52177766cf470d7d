/* fabplan - yield and capacity planning for semiconductor fabs: what the program `fabplan` does, as a library.
 *
 * A fab is opened from a planning database or a folder of CSV files and closed when done; everything else is a verb on it. Functions return a status; the message of a
 * failure is in the context. Results are tables (table.h) or JSON text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_FABPLAN_H
#define FABPLAN_FABPLAN_H

#include <fabplan/context.h>
#include <fabplan/table.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct fab fab;

/* How DATA is opened. */
typedef enum fab_access {
    FAB_READ,   /* a database is not written */
    FAB_WRITE,  /* a database may be written (a plan is stored) */
    FAB_CREATE  /* a new, empty database file; FAB_USAGE when the file exists */
} fab_access;

/* Opens a planning database, or imports a folder of CSV files into a database in memory (findings go to the context's sink; FAB_INPUT when there are any).
 * A folder with FAB_CREATE is FAB_USAGE. Cost: that of reading the file or folder. */
fab_status fab_open(fab_context *context, const char *data, fab_access access, fab **result);
void fab_close(fab *handle);

/* True when the data is a database file, so that what is stored stays. */
bool fab_is_file(const fab *handle);

typedef struct fab_import_request {
    const char *const *paths; /* CSV files and STDF V4 files (*.stdf, *.std, also .gz), or one folder of CSV files */
    int path_count;
    bool replace; /* rows that the files do not have are deleted */
    bool dry_run; /* nothing is changed */
    const char *stage; /* STDF: "sort", "final", NULL: what the file says */
    bool lot_in_name;  /* STDF: a wafer is named LOT-WAFER */
    const char *wafer; /* STDF: the wafer of parts that the file puts on none, as final test does; NULL: such a file is refused */
    int64_t run;       /* STDF: of the test; 0: what the file says */
    bool soft_bins;    /* STDF: bins are software bins, not hardware bins */
} fab_import_request;

/* Loads or updates tables in one transaction; with any finding nothing changes (FAB_INPUT). *summary: table, rows_read, rows_added, rows_changed, rows_deleted. */
fab_status fab_import(fab_context *context, fab *handle, const fab_import_request *request, fab_table **summary);

/* Writes every input table to a folder as CSV. */
fab_status fab_export(fab_context *context, fab *handle, const char *folder);

/* Cross-checks: severity (finding, warning), tbl, row_key, column, message. */
fab_status fab_check(fab_context *context, fab *handle, fab_table **findings);

/* Progress of a solve. */
typedef struct fab_progress {
    int rows, columns, nonzeros;
    long iterations;
    double objective_usd; /* NAN while no feasible plan is known */
    double seconds;
} fab_progress;

/* Tested values of a plan when nothing else is said. */
enum { FAB_VALUES = 10 };

typedef struct fab_optimise_request {
    const char *name;          /* of the plan, NULL: "plan N" */
    const char *policy;        /* NULL: "profit" */
    double time_limit_seconds; /* 0: none */
    int values;                /* limits whose next step is tested by solving again: the top of the list; 0: FAB_VALUES, below 0: none */
    const char *yield;         /* NULL or "plan": the data set's own yields; "fit", "p10", "p50", "p90": of the newest estimates (history.h) */
    const char *measured;      /* NULL, or "availability,cycle_time" (either or both): what the history measured in place of what was planned */
    const char *scenario;      /* NULL, or "A,B": changes of the data set to plan with, each the name of a scenario in the folder `scenarios` of DATA or the path of a file of changes */
    void (*progress)(void *user, const fab_progress *progress);
    void *user;
} fab_optimise_request;

typedef struct fab_optimise_result {
    fab_outcome outcome;
    int64_t plan;        /* number of the stored plan, 0 when there is none */
    fab_table *conflict; /* FAB_INFEASIBLE: equation, name, limit, excess, direction; the caller frees it */
} fab_optimise_result;

/* Makes, proves and stores a plan. FAB_REJECTED when the proof fails (nothing stored); FAB_OK with an outcome otherwise. An unknown policy or scenario is FAB_USAGE, changes with findings are FAB_INPUT. */
fab_status fab_optimise(fab_context *context, fab *handle, const fab_optimise_request *request, fab_optimise_result *result);

/* Stored plans, newest last: plan, name, policy, status, objective_usd, profit_usd, gap, created_utc, inputs_sha256. */
fab_status fab_plans(fab_context *context, fab *handle, fab_table **plans);

/* Number of the newest plan; FAB_USAGE when there is none or the asked one (> 0) does not exist. */
fab_status fab_find_plan(fab_context *context, fab *handle, int64_t asked, int64_t *plan);

/* The plan as the JSON object "fabplan.plan/1" of the design; the caller frees the text. The same plan gives the same text. */
fab_status fab_plan_json(fab_context *context, fab *handle, int64_t plan, char **json);

/* The stored plans as the JSON object "fabplan.plans/1". */
fab_status fab_plans_json(fab_context *context, fab *handle, char **json);

/* The plan's one-page summary for a terminal, as tables to be printed in order: "plan" (key, value), "customers", "bottlenecks", "broken promises". */
enum { FAB_SUMMARY_TABLES = 4 };
fab_status fab_plan_summary(fab_context *context, fab *handle, int64_t plan, fab_table *tables[FAB_SUMMARY_TABLES]);

/* Writes a book as an Excel workbook: "planner" shows a stored plan, "yield" a snapshot of yield estimates; reports_folder (or NULL) overrides and adds definitions. The file appears whole and
 * verified, or not at all. FAB_USAGE when the plan or snapshot that the book shows does not exist. */
typedef struct fab_report_request {
    int64_t plan, snapshot;               /* 0: the newest */
    int64_t *plan_shown, *snapshot_shown; /* set to what the book shows, 0 for none; may be NULL */
    const char *book;
    const char *path;
    const char *reports_folder;
} fab_report_request;
fab_status fab_report(fab_context *context, fab *handle, const fab_report_request *request);

/* Writes the linear program for another solver. */
typedef enum fab_model_format { FAB_MODEL_MPS, FAB_MODEL_LP } fab_model_format;
fab_status fab_write_model(fab_context *context, fab *handle, fab_model_format format, const char *path);

/* Checks a database: integrity, schema, and the certificate of every stored plan whose inputs are unchanged. *report: check, result, detail. FAB_DATABASE when anything is wrong. */
fab_status fab_doctor(fab_context *context, fab *handle, fab_table **report);

/* The equation families of the linear program: code, name, meaning. */
fab_status fab_equation_families(fab_context *context, fab_table **families);

/* A table as a JSON array of objects; the caller frees the text. NULL when memory is short. */
char *fab_table_json(const fab_table *table);

/* Lines for --version: fabplan and the libraries it runs with; the caller frees it. NULL when memory is short. */
char *fab_versions(void);

#endif
