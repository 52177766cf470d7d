/* Findings about one source of rows: the first ones are said, the rest counted.
 *
 * What is said has one form, "WHAT is 'VALUE', must RULE (HINT)": rule and hint are taken from it, the rest is given by who finds it.
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

/* Says "NAME:LINE:COLUMN: TEXT" as a finding, of a sheet "NAME:SHEET!F17: TEXT", or "ORIGIN: TEXT". Of what is known: code, key, column and value; table, file, line, rule and
 * hint are added here. */
void fab_finding_add(struct fab_findings *findings, struct fab_row_place place, const fab_finding *known, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same as a warning, which is not counted. */
void fab_finding_warn(const struct fab_findings *findings, struct fab_row_place place, const fab_finding *known, const char *text);

/* The same about no row of a source: says "table TABLE KEY: TEXT". */
void fab_finding_say(fab_context *context, fab_level level, const fab_finding *known, const char *text);

/* The place of a row for the text of a finding about another: "line 7", or its origin. */
const char *fab_finding_row(const struct fab_findings *findings, int64_t line, char place[FAB_PLACE_SIZE]);

/* True when one more finding would only be counted: work for a good hint is in vain. */
bool fab_findings_full(const struct fab_findings *findings);

/* Says how many were not shown. */
void fab_findings_finish(struct fab_findings *findings);

#endif
