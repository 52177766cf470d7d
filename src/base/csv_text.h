/* Fields of CSV files as they are written (RFC 4180).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CSV_TEXT_H
#define FAB_CSV_TEXT_H

#include <stdbool.h>
#include <stdio.h>

/* Whether a text stands behind a ' in a file, because a spreadsheet would take it for a formula, or its own ' for such a mark: it begins with = + - @ tab CR or '. */
bool fab_csv_is_marked(const char *text);

/* Writes the field of a text, in quotes when it holds a comma, a quote, a line end or an outer blank, or is marked: then a ' stands before it, which import takes away. Quotes are no part of the value.
 * Errors stay in the stream (ferror). */
void fab_csv_write_text(FILE *file, const char *text);

#endif
