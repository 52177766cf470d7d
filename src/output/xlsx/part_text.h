/* Texts in the parts of a workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PART_TEXT_H
#define FAB_PART_TEXT_H

#include <stdbool.h>

/* The value of an attribute among those that expat gives, NULL: there is none. */
const char *fab_part_attribute(const char **attributes, const char *name);

/* Back from _xHHHH_, as control characters are written. In place. */
void fab_part_decode(char *text);

/* Reads an address such as "AB12" into row and column from 0; false: it is none. */
bool fab_part_read_address(const char *address, int *row, int *column);

#endif
