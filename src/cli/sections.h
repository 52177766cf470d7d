/* Results that are several tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SECTIONS_H
#define CLI_SECTIONS_H

#include "cli.h"

#include <fabplan/history.h>

/* Prints the facts line by line and every table that has rows under its title or, with --json, one object. A simulated history is said in
 * words. Returns the exit code. */
int cli_print_sections(struct cli *cli, const char *schema, const fab_sections *sections);

#endif
