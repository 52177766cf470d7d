/* Fields of CSV files as they are written (RFC 4180).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CSV_TEXT_H
#define FAB_CSV_TEXT_H

#include <stdio.h>

/* Writes a field, in quotes when it holds a comma, a quote, a line end or an outer blank, or begins with = + - @ (which spreadsheets would
 * run). Quotes are no part of the value: reading gives the same text. Errors stay in the stream (ferror). */
void fab_csv_write_text(FILE *file, const char *text);

#endif
