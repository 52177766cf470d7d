/* What a text that is no number, or no date, was meant to be: the habits of spreadsheets. Only ever a hint; nothing is guessed into a value.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MEANT_H
#define FAB_MEANT_H

#include "dictionary.h"

enum { FAB_MEANT_SIZE = 120 };

/* "thousands separators? write 20000", of a text that fab_number_parse refuses. False when nothing is known to say. */
bool fab_meant_number(const struct fab_column *column, const char *text, char meant[FAB_MEANT_SIZE]);

/* The same of a text that fab_date_parse refuses; NULL when nothing is known to say. */
const char *fab_meant_date(const char *text);

#endif
