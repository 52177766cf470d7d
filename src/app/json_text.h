/* JSON as text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_JSON_TEXT_H
#define FAB_JSON_TEXT_H

#include <jansson.h>

/* The text of a value, with jansson's flags; the caller frees it. NULL when memory is short or json is NULL. In place of json_dumps, which
 * leaves keys out when memory is short (jansson 2.14 does not look whether a key could be written). */
char *fab_json_text(const json_t *json, size_t flags);

#endif
