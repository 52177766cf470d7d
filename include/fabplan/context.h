/* fabplan - the context: what went wrong, what was found, and who is told.
 *
 * A context is the first parameter of every function that can fail. It holds the message of the last failure, what was found (as data and
 * as lines for a sink) and the flag that asks a long computation to stop. It belongs to one thread at a time (api.h); any thread and any
 * signal handler may call fab_context_interrupt.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_CONTEXT_H
#define FABPLAN_CONTEXT_H

#include <fabplan/api.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Did the call work? Names, exit codes and texts of the codes are this one list. */
#define FAB_STATUS_LIST(X)                                          \
    X(FAB_OK, 0, "done")                                            \
    X(FAB_INTERNAL, 1, "internal error")                            \
    X(FAB_NO_MEMORY, 1, "out of memory")                            \
    X(FAB_USAGE, 2, "wrong usage")                                  \
    X(FAB_INPUT, 3, "the input has findings")                       \
    X(FAB_REJECTED, 6, "the plan failed its check")                 \
    X(FAB_DATABASE, 7, "the database is damaged, foreign or newer") \
    X(FAB_BUSY, 8, "the database is busy")                          \
    X(FAB_OUTPUT, 9, "the output could not be written")             \
    X(FAB_INTERRUPTED, 130, "interrupted")

typedef enum fab_status {
#define FAB_STATUS_ENUM(name, exit_code, text) name,
    FAB_STATUS_LIST(FAB_STATUS_ENUM)
#undef FAB_STATUS_ENUM
} fab_status;

/* What is the answer? A call that worked can still answer that no plan exists. */
typedef enum fab_outcome {
    FAB_OPTIMAL,
    FAB_INFEASIBLE, /* proven: no plan exists */
    FAB_LIMIT,      /* a time limit or a wish to stop came first */
    FAB_UNDECIDED   /* neither a plan nor a proof that there is none was found */
} fab_outcome;

typedef enum fab_level { FAB_LEVEL_FINDING, FAB_LEVEL_WARNING, FAB_LEVEL_NOTE, FAB_LEVEL_DETAIL, FAB_LEVEL_PROGRESS } fab_level;

/* Receives one line of text without a line end, on the thread that made the call. It must not use the context but for fab_context_code and
 * fab_context_interrupt. */
typedef void fab_sink(void *user, fab_level level, const char *text);

typedef struct fab_context fab_context;
typedef struct fab_table fab_table; /* table.h */

/* A new context without a sink, or NULL when memory is short. */
FAB_API fab_context *fab_context_new(void);
FAB_API void fab_context_free(fab_context *context);

/* Forgets message, findings and interruption, so that the context serves the next piece of work; the sink stays. O(findings). */
FAB_API void fab_context_reset(fab_context *context);

/* Names the sink; NULL for none. user is given to it. */
FAB_API void fab_context_set_sink(fab_context *context, fab_sink *sink, void *user);

/* Asks running computations to stop at their next safe point, within milliseconds: they return FAB_INTERRUPTED and change nothing, but for
 * fab_optimise, which keeps a plan that it has already (see there) and takes the flag back with that. Else the flag
 * stays until fab_context_reset, so that an interruption that comes between two calls stops the second. From any thread; async-signal-safe. */
FAB_API void fab_context_interrupt(fab_context *context);
FAB_API bool fab_context_interrupted(const fab_context *context);

/* The message of the last failure, "" when there is none. Valid until the next call with this context. */
FAB_API const char *fab_context_message(const fab_context *context);

/* What kind of thing failed or was said last, as a word that does not change with the message; "" for none. In a sink: of the line at hand.
 *   no_plan, unknown_plan          no plan is stored, or not the one that was asked for
 *   no_snapshot, unknown_snapshot  the same of yield estimates
 *   no_history                     there is no wafer-lot history (a note)
 *   no_tools_yet                   a history would end before the first tools are there
 *   out_of_scale                   a plan failed its check
 *   no_wafer_name                  test results are on a wafer without a name, and none was given
 *   no_lot_source                  a lot is to be made of test results, and nothing says of which source
 *   unknown_wafers                 test results are of wafers that no table has (a note)
 *   not_a_workbook                 a workbook is to be written to a file whose name does not end in .xlsx
 *   not_a_price                    a plan is to be revalued with what is no price
 *   unknown_scenario               there is no scenario of that name, and no file
 *   ignored_sheet                  a sheet of a workbook is none of a table (a note)
 *   wip_waits                      starting WIP needs more hours than there are (a warning)
 *   request.NAME                   the request's member NAME is wrong; the message begins with NAME
 * and those of findings (struct fab_finding). Valid until the next call with this context. */
FAB_API const char *fab_context_code(const fab_context *context);

/* ---- findings ---- */

/* What is wrong, as data. Texts are NULL and line is 0 where they do not apply.
 * Codes of cells, by what the column holds: empty (and must not be), number, flag, choice, date, time, text; of rows: csv (bytes, quotes),
 * cell (of a sheet: an error value, no value, merged), hidden (rows or a sheet, a warning), width, unknown_id, duplicate, still_used; of headers: header, unknown_column, duplicate_column, missing_column; unknown_table,
 * unknown_setting; more (how many were only counted); and check_WHAT, a cross-check. */
typedef struct fab_finding {
    const char *code;
    const char *table, *key, *column, *value; /* the cell; the key's columns are separated by blanks */
    const char *rule;                         /* "be 0 to 1": what it must */
    const char *hint;                         /* what was probably meant */
    const char *file;                         /* or what else the row comes from */
    int64_t line;                             /* of the file; of a table that was put: 2 is its first row */
} fab_finding;

/* Rows that a context keeps; what comes later is said and counted only. */
enum { FAB_FINDINGS_KEPT = 1000 };

/* The findings and warnings since the context was made or reset, in the order in which they were said, at most FAB_FINDINGS_KEPT: level
 * ("finding", "warning"), code, table, key, column, value, rule, hint, file, line, text (the line that the sink got). NULL when there were
 * none or memory was short. Owned by the context, valid until the next call with it. */
FAB_API const fab_table *fab_context_found(const fab_context *context);

/* Number of findings (no warnings), kept or not. */
FAB_API int fab_context_findings(const fab_context *context);

/* ---- for functions that report through a context ---- */

/* Sets the message and returns status, so that a failing function can say `return fab_fail(context, FAB_INPUT, ...)`; fab_fail_as also
 * names the code (a literal). fab_fail_memory is for a failed allocation. */
FAB_API fab_status fab_fail(fab_context *context, fab_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
FAB_API fab_status fab_fail_as(fab_context *context, fab_status status, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
FAB_API fab_status fab_fail_memory(fab_context *context);

/* Puts "PREFIX: " before the message of the failure that is being passed up, whose code stays; returns status. */
FAB_API fab_status fab_fail_in(fab_context *context, fab_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Sends one line to the sink; fab_say_as with a code (a literal). Findings are counted, findings and warnings kept. */
FAB_API void fab_say(fab_context *context, fab_level level, const char *format, ...) __attribute__((format(printf, 3, 4)));
FAB_API void fab_say_as(fab_context *context, fab_level level, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for something found, with what is known of it; its texts are copied. */
FAB_API void fab_find(fab_context *context, fab_level level, const fab_finding *finding, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Name ("FAB_INPUT"), text and process exit code of a status. */
FAB_API const char *fab_status_name(fab_status status);
FAB_API const char *fab_status_text(fab_status status);
FAB_API int fab_status_exit_code(fab_status status);

#ifdef __cplusplus
}
#endif

#endif
