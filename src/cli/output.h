/* Results: collected in memory, then written to standard output whole; long ones in pieces.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli.h"

struct cli_output {
    FILE *stream; /* where results are printed to */
    char *text;
    size_t size, capacity;
    int descriptor;
    int error; /* an errno: text is missing */
};

/* Begins a result that goes to a descriptor: of more than 1 MiB what is printed first is written while the rest is printed. False when memory is
 * short. */
bool cli_output_begin(struct cli_output *output, int descriptor);

/* Writes what is left. False with errno when not all of it could be printed or written (ENOSPC, EPIPE, ENOMEM). */
bool cli_output_write(struct cli_output *output);
void cli_output_end(struct cli_output *output);

/* Prints a table with a head line, columns as wide as their content, numbers to the right. An empty table prints nothing. False when memory
 * is short. */
bool cli_print_table(FILE *out, const fab_table *table, bool colour);

/* Prints a line above a table. */
void cli_print_title(FILE *out, const char *title, bool colour);

/* Prints a result: with --json the whole of it; else its facts line by line and every list that has rows, under its title when it has one.
 * A simulated history is said in words. FAB_NO_MEMORY. */
fab_status cli_print_result(struct cli *cli, const fab_result *result);

/* --version. Returns the exit code. */
int cli_print_versions(struct cli *cli);

#endif
