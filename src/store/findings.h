/* Findings about one source of rows: the first ones are said, the rest counted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_FINDINGS_H
#define FAB_STORE_FINDINGS_H

#include <stdbool.h>

#include "row_source.h"

enum { FAB_FINDINGS_SHOWN = 50, FAB_PLACE_SIZE = 512 };

struct fab_findings {
    fab_context *context;
    const struct fab_row_source *source;
    int64_t count;
};

/* Says "NAME:LINE:COLUMN: TEXT" as a finding, or "ORIGIN: TEXT". */
void fab_finding_add(struct fab_findings *findings, struct fab_row_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same as a warning, which is not counted. */
void fab_finding_warn(const struct fab_findings *findings, struct fab_row_place place, const char *text);

/* The place of a row for the text of a finding about another: "line 7", or its origin. */
const char *fab_finding_row(const struct fab_findings *findings, int64_t line, char place[FAB_PLACE_SIZE]);

/* True when one more finding would only be counted: work for a good hint is in vain. */
bool fab_findings_full(const struct fab_findings *findings);

/* Says how many were not shown. */
void fab_findings_finish(struct fab_findings *findings);

#endif
