/* Standard error: findings, warnings, notes, the progress line; and whether colour is wanted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <fabplan/fabplan.h>
#include <stdbool.h>

struct cli_terminal {
    const fab_context *context; /* of what is said */
    bool quiet, verbose;
    bool colour_out, colour_error; /* of standard output, standard error */
    bool progress;                 /* standard error is a terminal that can rewrite a line */
    bool line_shown;               /* a progress line stands there */
    double last_seconds;           /* of the computation when the line was last written */
};

/* Looks at the terminals and the environment (NO_COLOR, TERM). */
void cli_terminal_init(struct cli_terminal *terminal, const fab_context *context);

/* The sink of the context (fab_context_set_sink); user is the terminal. */
void cli_terminal_sink(void *user, fab_level level, const char *text);

/* The progress of a solve (fab_optimise_request); user is the terminal. */
void cli_terminal_progress(void *user, const fab_progress *progress);

/* Removes the progress line. */
void cli_terminal_clear(struct cli_terminal *terminal);

/* Writes "fabplan: TEXT" as the last word on a failure of that code (fab_context_code), with the hint for it. */
void cli_terminal_fail(struct cli_terminal *terminal, const char *text, const char *code);

#endif
