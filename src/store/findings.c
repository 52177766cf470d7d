/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_SIZE = 2048 };

bool fab_findings_full(const struct fab_findings *findings)
{
    return findings->count >= FAB_FINDINGS_SHOWN;
}

void fab_finding_add(struct fab_findings *findings, struct fab_csv_place place, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    if (!fab_findings_full(findings)) {
        va_start(arguments, format);
        vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        fab_say(findings->context, FAB_LEVEL_FINDING, "%s:%lld:%d: %s", findings->file, (long long)place.line, place.column, text);
    }
    findings->count++;
}

void fab_findings_finish(struct fab_findings *findings)
{
    if (findings->count > FAB_FINDINGS_SHOWN)
        fab_say(findings->context, FAB_LEVEL_FINDING, "%s: ... and %lld more findings in this file", findings->file,
                (long long)(findings->count - FAB_FINDINGS_SHOWN));
}
