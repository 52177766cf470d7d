/* Results: collected in memory, then written to standard output whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli.h"

#include <jansson.h>

struct cli_output {
    FILE *stream; /* where results are printed to */
    char *text;
    size_t size, capacity;
    bool failed; /* memory was short: text is missing */
};

/* False when memory is short. */
bool cli_output_begin(struct cli_output *output);

/* Writes what was printed to a descriptor. False with errno when not all of it could be printed or written (ENOSPC, EPIPE, ENOMEM). */
bool cli_output_write(struct cli_output *output, int descriptor);
void cli_output_end(struct cli_output *output);

/* Prints a table with a head line, columns as wide as their content, numbers to the right. An empty table prints nothing. False when memory
 * is short. */
bool cli_print_table(FILE *out, const fab_table *table, bool colour);

/* Prints a line above a table. */
void cli_print_title(FILE *out, const char *title, bool colour);

/* {"schema": schema}: the beginning of every JSON result; NULL when memory is short. */
json_t *cli_json_begin(const char *schema);

/* Adds a table as an array of objects; false when memory is short. */
bool cli_json_add_table(json_t *object, const char *name, const fab_table *table);

/* Prints and frees the object; NULL is out of memory. Returns the exit code. */
int cli_json_end(struct cli *cli, json_t *object);

/* Prints a result that is one table: as a table or, with --json, as {"schema": schema, name: [...]}. Returns the exit code. */
int cli_print_result(struct cli *cli, const char *schema, const char *name, const fab_table *table);

/* --version. Returns the exit code. */
int cli_print_versions(struct cli *cli);

#endif
