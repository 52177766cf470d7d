/* A text that grows: what lies between two tags of a part.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_TEXT_H
#define FAB_XLSX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed is empty; freed with free(text). */
struct fab_xlsx_text {
    char *text; /* ended by a NUL once something was added; NULL before */
    size_t length, capacity;
};

/* False when memory is short. */
bool fab_xlsx_text_add(struct fab_xlsx_text *text, const char *bytes, size_t length);
void fab_xlsx_text_clear(struct fab_xlsx_text *text);

/* The text, "" when nothing was added. */
const char *fab_xlsx_text_get(const struct fab_xlsx_text *text);

/* Resolves _xHHHH_, in which workbooks write the characters that XML does not hold. NUL and halves of characters stay as they are written. In place; the
 * new length. */
size_t fab_xlsx_decode(char *text);

#endif
