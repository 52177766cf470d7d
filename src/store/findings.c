/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_SIZE = 2048 };

bool fab_findings_full(const struct fab_findings *findings)
{
    return findings->count >= FAB_FINDINGS_SHOWN;
}

static const char *origin_of(const struct fab_findings *findings, int64_t line)
{
    const struct fab_row_source *source = findings->source;
    return source->origin ? source->origin(source->origin_state, line) : NULL;
}

static void say(const struct fab_findings *findings, fab_level level, struct fab_row_place place, const char *text)
{
    const char *origin = origin_of(findings, place.line);
    if (origin)
        fab_say(findings->context, level, "%s: %s", origin, text);
    else
        fab_say(findings->context, level, "%s:%lld:%d: %s", findings->source->name, (long long)place.line, place.column, text);
}

void fab_finding_add(struct fab_findings *findings, struct fab_row_place place, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    if (!fab_findings_full(findings)) {
        va_start(arguments, format);
        vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        say(findings, FAB_LEVEL_FINDING, place, text);
    }
    findings->count++;
}

void fab_finding_warn(const struct fab_findings *findings, struct fab_row_place place, const char *text)
{
    say(findings, FAB_LEVEL_WARNING, place, text);
}

const char *fab_finding_row(const struct fab_findings *findings, int64_t line, char place[FAB_PLACE_SIZE])
{
    const char *origin = origin_of(findings, line);
    if (origin)
        return origin;
    snprintf(place, FAB_PLACE_SIZE, "line %lld", (long long)line);
    return place;
}

void fab_findings_finish(struct fab_findings *findings)
{
    enum { FIRST_ROW = 2 };
    long long more = (long long)(findings->count - FAB_FINDINGS_SHOWN);
    if (more <= 0)
        return;
    if (origin_of(findings, FIRST_ROW))
        fab_say(findings->context, FAB_LEVEL_FINDING, "... and %lld more findings", more);
    else
        fab_say(findings->context, FAB_LEVEL_FINDING, "%s: ... and %lld more findings in this file", findings->source->name, more);
}
