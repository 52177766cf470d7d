/* JSON as text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_JSON_TEXT_H
#define FAB_JSON_TEXT_H

#include <jansson.h>
#include <stdbool.h>

/* A text that grows. */
struct fab_text_bytes {
    char *bytes; /* with a 0 at the end; NULL when empty; the owner frees it */
    size_t length, capacity;
    bool failed; /* memory was short once: jansson goes on when a key could not be written */
};

/* Appends bytes to the struct fab_text_bytes that user is: 0, or -1 when memory is short, now or before. */
int fab_text_append(const char *bytes, size_t size, void *user);

/* The text of a value, with jansson's flags; the caller frees it. NULL when memory is short or json is NULL. In place of json_dumps, which
 * leaves keys out when memory is short (jansson 2.14 does not look whether a key could be written). */
char *fab_json_text(const json_t *json, size_t flags);

#endif
