/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

#include "cell.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

/* ---- rule and hint ---- */

/* Where the rule begins, behind the value, which may hold anything. NULL: the text has none. */
static const char *find_rule(const fab_finding *known, const char *text)
{
    static const char must[] = "must ";
    char shown[FAB_SHOWN_SIZE];
    const char *value = known->value ? strstr(text, fab_utf8_quote(known->value, FAB_SHOWN_CHARACTERS, shown, sizeof shown)) : NULL;
    const char *rule = strstr(value ? value + strlen(shown) : text, must);
    return rule ? rule + sizeof must - 1 : NULL;
}

/* Takes " (HINT)" off the end of a rule; the parentheses may hold others. The hint, or NULL. */
static char *split_hint(char *rule)
{
    size_t length = strlen(rule);
    int depth = 0;
    if (length == 0 || rule[length - 1] != ')')
        return NULL;
    for (char *c = rule + length - 1; c > rule; c--) {
        depth += (*c == ')') - (*c == '(');
        if (depth > 0)
            continue;
        if (c[-1] != ' ')
            return NULL;
        c[-1] = rule[length - 1] = '\0';
        return c + 1;
    }
    return NULL;
}

/* Completes what is known from the text; the parts live in `parts`. */
static fab_finding complete(const fab_finding *known, const char *text, char parts[TEXT_SIZE])
{
    fab_finding finding = *known;
    const char *rule = find_rule(known, text);
    if (!rule)
        return finding;
    snprintf(parts, TEXT_SIZE, "%s", rule);
    finding.hint = split_hint(parts);
    finding.rule = parts;
    return finding;
}

/* ---- saying ---- */

/* "NAME:LINE:COLUMN", or "NAME:SHEET!F17" of the cell of a sheet. */
static const char *print_place(const struct fab_row_source *source, struct fab_row_place at, char place[TEXT_SIZE])
{
    enum { LETTERS = 26, LETTERS_SIZE = 8 };
    char letters[LETTERS_SIZE];
    char *letter = letters + LETTERS_SIZE - 1;
    *letter = '\0';
    for (int column = at.column; column > 0 && letter > letters; column = (column - 1) / LETTERS)
        *--letter = (char)('A' + (column - 1) % LETTERS);
    if (source->sheet)
        snprintf(place, TEXT_SIZE, "%s:%s!%s%lld", source->name, source->sheet, letter, (long long)at.line);
    else
        snprintf(place, TEXT_SIZE, "%s:%lld:%d", source->name, (long long)at.line, at.column);
    return place;
}

static void say(const struct fab_findings *findings, fab_level level, struct fab_row_place place, const fab_finding *known, const char *text)
{
    char parts[TEXT_SIZE], printed[TEXT_SIZE];
    const char *origin = origin_of(findings, place.line);
    fab_finding finding = complete(known, text, parts);
    finding.table = findings->source->table;
    finding.file = origin ? origin : findings->source->name;
    finding.line = origin ? 0 : place.line;
    if (origin)
        fab_find(findings->context, level, &finding, "%s: %s", origin, text);
    else
        fab_find(findings->context, level, &finding, "%s: %s", print_place(findings->source, place, printed), text);
}

void fab_finding_add(struct fab_findings *findings, struct fab_row_place place, const fab_finding *known, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    if (!fab_findings_full(findings)) {
        va_start(arguments, format);
        vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        say(findings, FAB_LEVEL_FINDING, place, known, text);
    }
    findings->count++;
}

void fab_finding_warn(const struct fab_findings *findings, struct fab_row_place place, const fab_finding *known, const char *text)
{
    say(findings, FAB_LEVEL_WARNING, place, known, text);
}

void fab_finding_say(fab_context *context, fab_level level, const fab_finding *known, const char *text)
{
    char parts[TEXT_SIZE];
    const fab_finding finding = complete(known, text, parts);
    fab_find(context, level, &finding, "table %s%s%s: %s", known->table, known->key ? " " : "", known->key ? known->key : "", text);
}

const char *fab_finding_row(const struct fab_findings *findings, int64_t line, char place[FAB_PLACE_SIZE])
{
    const char *origin = origin_of(findings, line);
    if (origin)
        return origin;
    snprintf(place, FAB_PLACE_SIZE, "%s %lld", findings->source->sheet ? "row" : "line", (long long)line);
    return place;
}

void fab_findings_finish(struct fab_findings *findings)
{
    enum { FIRST_ROW = 2 };
    const struct fab_row_source *source = findings->source;
    const fab_finding rest = {.code = "more", .table = source->table, .file = source->name};
    long long more = (long long)(findings->count - FAB_FINDINGS_SHOWN);
    if (more <= 0)
        return;
    if (origin_of(findings, FIRST_ROW))
        fab_find(findings->context, FAB_LEVEL_FINDING, &rest, "... and %lld more findings", more);
    else if (source->sheet)
        fab_find(findings->context, FAB_LEVEL_FINDING, &rest, "%s:%s: ... and %lld more findings in this sheet", source->name, source->sheet, more);
    else
        fab_find(findings->context, FAB_LEVEL_FINDING, &rest, "%s: ... and %lld more findings in this file", source->name, more);
}
