/* Plain decimal numbers, whatever the locale of the process.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NUMBER_H
#define FAB_NUMBER_H

#include <stdbool.h>

enum { FAB_NUMBER_TEXT_SIZE = 32 };

/* Reads [+-]digits[.digits][e[+-]digits] and nothing else: no blanks, nan, inf, hex, separators. The nearest double; -0 becomes 0.
 * False when the text is something else or its value is beyond the range of a double (1e309, 1e-400); *why then says which, in words that
 * follow "must be" ("a plain decimal number", "smaller than 1.8e308"). */
bool fab_number_parse(const char *text, double *number, const char **why);

/* Writes the shortest decimal that reads back as the same double; "nan" and "inf" are written so. */
const char *fab_number_print(double number, char text[FAB_NUMBER_TEXT_SIZE]);

/* Writes six significant digits for a sentence, as people write them: 20000000 and 0.00125, an exponent only from 1e15 on and below 1e-6. */
const char *fab_number_say(double number, char text[FAB_NUMBER_TEXT_SIZE]);

#endif
