/* A page of stored plans: one file that needs nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_H
#define FAB_HTML_H

#include <fabplan/context.h>

#include "source.h"

/* A plan of the page. */
struct fab_html_plan {
    const char *id;   /* "plan-3" */
    const char *name; /* in the list of plans */
    struct fab_book_source source;
};

/* Writes the book of every plan into one HTML file: sheets as sections with their charts (inline SVG, title and text for those who do not see them) and their tables, the first plan shown, the others to be chosen. Style and
 * script are part of the file, their digests are the only ones that its content security policy allows, and nothing is loaded from anywhere; without scripts all plans are shown, one below the other. It is well-formed XML,
 * which is read back with the number of rows before the file gets its name. The same plans give the same bytes. FAB_USAGE: no such book. FAB_INPUT: a definition or its SELECT is wrong. FAB_OUTPUT, FAB_INTERRUPTED.
 * O(cells), the page in memory. */
fab_status fab_html_write(fab_context *context, const struct fab_html_plan plans[], int count, const char *book, const char *path);

#endif
