/* Findings about one file: the first ones are said, the rest counted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_FINDINGS_H
#define FAB_STORE_FINDINGS_H

#include "csv_file.h"

enum { FAB_FINDINGS_SHOWN = 50 };

struct fab_findings {
    fab_context *context;
    const char *file;
    int64_t count;
};

/* Says "FILE:LINE:COLUMN: TEXT" as a finding. */
void fab_finding_add(struct fab_findings *findings, struct fab_csv_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True when one more finding would only be counted: work for a good hint is in vain. */
bool fab_findings_full(const struct fab_findings *findings);

/* Says how many were not shown. */
void fab_findings_finish(struct fab_findings *findings);

#endif
