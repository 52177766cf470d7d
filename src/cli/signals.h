/* Signals that ask the program to stop.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <fabplan/context.h>

/* The first SIGINT, SIGTERM or SIGHUP interrupts the computations of the context, the second ends the program at once. A signal that was
 * ignored when the program began (nohup) stays ignored. SIGPIPE is ignored: writing fails instead. */
void cli_signals_install(fab_context *context);

/* Before the context is freed: a signal that comes from now on is only remembered. */
void cli_signals_end(void);

/* The signal that came, 0 for none. */
int cli_signals_caught(void);

#endif
