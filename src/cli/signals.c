/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signals.h"

#include <signal.h>
#include <stddef.h>

/* The only mutable state of the program outside of main: a signal handler is given nothing else. */
static fab_context *volatile asked; /* NULL: there is none (any more) */
static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    if (caught) {
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    caught = number;
    fab_context *context = asked;
    if (context)
        fab_context_interrupt(context);
}

void cli_signals_install(fab_context *context)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal}, before;
    asked = context;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* writes that fail say so */
    signal(SIGXFSZ, SIG_IGN);
}

void cli_signals_end(void)
{
    asked = NULL;
}

int cli_signals_caught(void)
{
    return caught;
}
