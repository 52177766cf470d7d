/* fabplan - the context: what went wrong, what was found, and who is told.
 *
 * A context is the first parameter of every function that can fail. It holds the message of the last failure, the sink
 * that notes, findings and progress go to, and the flag that asks a long computation to stop. It is not shared between threads,
 * except that fab_context_interrupt may be called from a signal handler.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_CONTEXT_H
#define FABPLAN_CONTEXT_H

#include <stdbool.h>

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
typedef enum fab_outcome { FAB_OPTIMAL, FAB_INFEASIBLE, FAB_LIMIT } fab_outcome;

typedef enum fab_level { FAB_LEVEL_FINDING, FAB_LEVEL_WARNING, FAB_LEVEL_NOTE, FAB_LEVEL_DETAIL, FAB_LEVEL_PROGRESS } fab_level;

/* Receives one line of text without a line end. */
typedef void fab_sink(void *user, fab_level level, const char *text);

typedef struct fab_context fab_context;

/* A new context without a sink, or NULL when memory is short. */
fab_context *fab_context_new(void);
void fab_context_free(fab_context *context);

/* Names the sink; NULL for none. */
void fab_context_set_sink(fab_context *context, fab_sink *sink, void *user);

/* Asks running computations to stop at their next safe point. Async-signal-safe. */
void fab_context_interrupt(fab_context *context);
bool fab_context_interrupted(const fab_context *context);

/* The message of the last failure, "" when there is none. Valid until the next call with this context. */
const char *fab_context_message(const fab_context *context);

/* Sets the message and returns status, so that a failing function can say `return fab_fail(context, FAB_INPUT, ...)`.
 * fab_fail_memory is for a failed allocation. */
fab_status fab_fail(fab_context *context, fab_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
fab_status fab_fail_memory(fab_context *context);

/* Puts "PREFIX: " before the message of the failure that is being passed up; returns status. */
fab_status fab_fail_in(fab_context *context, fab_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Sends one line to the sink. Findings are also counted. */
void fab_say(fab_context *context, fab_level level, const char *format, ...) __attribute__((format(printf, 3, 4)));
int fab_context_findings(const fab_context *context);

/* Name ("FAB_INPUT"), text and process exit code of a status. */
const char *fab_status_name(fab_status status);
const char *fab_status_text(fab_status status);
int fab_status_exit_code(fab_status status);

#endif
