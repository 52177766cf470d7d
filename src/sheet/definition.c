/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "definition.h"

#include <stddef.h>
#include <string.h>

#include "array.h"
#include "try.h"

/* A key and the member of the struct that has its name. */
#define KEY(record, member, kind, words) {#member, kind, offsetof(struct record, member), words}
#define KEY_END {0, FAB_KEY_TEXT, 0, 0}

static const struct fab_key sheet_keys[] = {
    KEY(fab_report, title, FAB_KEY_TEXT, 0),
    KEY(fab_report, name, FAB_KEY_TEXT, 0),
    KEY(fab_report, about, FAB_KEY_TEXTS, 0),
    {"book", FAB_KEY_TEXTS, offsetof(struct fab_report, books), 0},
    KEY(fab_report, layout, FAB_KEY_CHOICE, "list|series|cover|page|axis"),
    KEY(fab_report, tables, FAB_KEY_CHOICE, "input"),
    KEY(fab_report, tab, FAB_KEY_CHOICE, "result|input|check|data"),
    KEY(fab_report, role, FAB_KEY_CHOICE, "label|input|plan|data"),
    KEY(fab_report, print, FAB_KEY_CHOICE, "no"),
    KEY(fab_report, empty, FAB_KEY_TEXT, 0),
    KEY(fab_report, row_style, FAB_KEY_TEXT, 0),
    KEY(fab_report, with, FAB_KEY_TEXT, 0),
    KEY(fab_report, detail, FAB_KEY_TEXT, 0),
    {"legend_input", FAB_KEY_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_INPUT]), 0},
    {"legend_plan", FAB_KEY_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_PLAN]), 0},
    {"legend_data", FAB_KEY_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_DATA]), 0},
    {"legend_formula", FAB_KEY_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_FORMULA]), 0},
    {"columns", FAB_KEY_TEXT, offsetof(struct fab_report, columns_all), 0},
    KEY(fab_report, freeze, FAB_KEY_COUNT, 0),
    KEY(fab_report, key, FAB_KEY_TEXT, 0),
    KEY(fab_report, master, FAB_KEY_TEXT, 0),
    KEY(fab_report, axis, FAB_KEY_TEXT, 0),
    KEY(fab_report, row, FAB_KEY_TEXT, 0),
    KEY(fab_report, label, FAB_KEY_TEXT, 0),
    KEY(fab_report, label_header, FAB_KEY_TEXT, 0),
    KEY(fab_report, period, FAB_KEY_TEXT, 0),
    KEY_END,
};

static const struct fab_key column_keys[] = {
    KEY(fab_report_column, source, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, header, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, unit, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, unit_from, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, width, FAB_KEY_COUNT, 0),
    KEY(fab_report_column, number, FAB_KEY_NUMBER, 0),
    KEY(fab_report_column, number_from, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, link, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, role, FAB_KEY_CHOICE, "label|input|plan|data"),
    KEY(fab_report_column, formula, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, formula_from, FAB_KEY_TEXT, 0),
    KEY(fab_report_column, total, FAB_KEY_CHOICE, "sum|first|last|formula"),
    KEY_END,
};

static const struct fab_key rule_keys[] = {
    KEY(fab_report_rule, column, FAB_KEY_TEXT, 0),
    KEY(fab_report_rule, through, FAB_KEY_TEXT, 0),
    KEY(fab_report_rule, rows, FAB_KEY_TEXT, 0),
    KEY(fab_report_rule, when, FAB_KEY_TEXT, 0),
    KEY(fab_report_rule, style, FAB_KEY_CHOICE, "good|quiet|watch|alarm"),
    KEY_END,
};

static const struct fab_key chart_keys[] = {
    KEY(fab_report_chart, type, FAB_KEY_CHOICE, "column_stacked|column|bar|line|flow"),
    KEY(fab_report_chart, title, FAB_KEY_TEXT, 0),
    KEY(fab_report_chart, title_from, FAB_KEY_TEXT, 0),
    KEY(fab_report_chart, from, FAB_KEY_TEXT, 0),
    KEY(fab_report_chart, base, FAB_KEY_TEXT, 0),
    KEY(fab_report_chart, alt, FAB_KEY_TEXT, 0),
    {"category", FAB_KEY_TEXTS, offsetof(struct fab_report_chart, categories), 0},
    KEY(fab_report_chart, series, FAB_KEY_TEXTS, 0),
    KEY(fab_report_chart, rows, FAB_KEY_COUNT, 0),
    KEY(fab_report_chart, side, FAB_KEY_CHOICE, "right"),
    KEY(fab_report_chart, x, FAB_KEY_TEXT, 0),
    KEY(fab_report_chart, y, FAB_KEY_TEXT, 0),
    KEY(fab_report_chart, number, FAB_KEY_NUMBER, 0),
    KEY_END,
};

static struct fab_report *report_of(const struct fab_key_reader *reader)
{
    return reader->user;
}

static fab_status open_column(struct fab_key_reader *reader, const char *name)
{
    struct fab_report *report = report_of(reader);
    for (int c = 0; c < report->column_count; c++)
        if (strcmp(report->columns[c].name, name) == 0)
            return fab_keys_fail(reader, "a second column", name, NULL);
    if (!FAB_ARRAY_ROOM_IN(reader->arena, &report->columns, report->column_count, &report->column_capacity))
        return fab_fail_memory(reader->context);
    struct fab_report_column *column = &report->columns[report->column_count++];
    column->name = name;
    column->line = reader->line;
    reader->keys = column_keys;
    reader->record = column;
    return FAB_OK;
}

static fab_status open_rule(struct fab_key_reader *reader)
{
    struct fab_report *report = report_of(reader);
    if (!FAB_ARRAY_ROOM_IN(reader->arena, &report->rules, report->rule_count, &report->rule_capacity))
        return fab_fail_memory(reader->context);
    struct fab_report_rule *rule = &report->rules[report->rule_count++];
    rule->line = reader->line;
    reader->keys = rule_keys;
    reader->record = rule;
    return FAB_OK;
}

static fab_status open_chart(struct fab_key_reader *reader)
{
    struct fab_report *report = report_of(reader);
    if (!FAB_ARRAY_ROOM_IN(reader->arena, &report->charts, report->chart_count, &report->chart_capacity))
        return fab_fail_memory(reader->context);
    struct fab_report_chart *chart = &report->charts[report->chart_count++];
    chart->line = reader->line;
    reader->keys = chart_keys;
    reader->record = chart;
    return FAB_OK;
}

static fab_status open_section(struct fab_key_reader *reader, const char *section, const char *name)
{
    struct fab_report *report = report_of(reader);
    if (strcmp(section, "column") == 0 && *name)
        return open_column(reader, name);
    if (*name)
        return fab_keys_fail(reader, "unknown section", section, "only [column NAME] has a name");
    if (strcmp(section, "format") == 0)
        return open_rule(reader);
    if (strcmp(section, "chart") == 0)
        return open_chart(reader);
    if (strcmp(section, "sheet") != 0)
        return fab_keys_fail(reader, "unknown section", section, "known are [sheet], [column NAME], [format], [chart]");
    if (report->line)
        return fab_keys_fail(reader, "a second section", section, NULL);
    report->line = reader->line;
    reader->keys = sheet_keys;
    reader->record = report;
    return FAB_OK;
}

/* What every definition must say, by layout. */
static fab_status check_complete(struct fab_key_reader *reader)
{
    const struct fab_report *report = report_of(reader);
    static const struct {
        int layout;
        size_t offset;
        const char *name;
    } required[] = {
        {FAB_LAYOUT_LIST, offsetof(struct fab_report, name), "name"},
        {FAB_LAYOUT_LIST, offsetof(struct fab_report, title), "title"},
        {FAB_LAYOUT_SERIES, offsetof(struct fab_report, name), "name"},
        {FAB_LAYOUT_SERIES, offsetof(struct fab_report, title), "title"},
        {FAB_LAYOUT_SERIES, offsetof(struct fab_report, axis), "axis"},
        {FAB_LAYOUT_SERIES, offsetof(struct fab_report, row), "row"},
        {FAB_LAYOUT_SERIES, offsetof(struct fab_report, label), "label"},
        {FAB_LAYOUT_SERIES, offsetof(struct fab_report, period), "period"},
        {FAB_LAYOUT_COVER, offsetof(struct fab_report, name), "name"},
        {FAB_LAYOUT_COVER, offsetof(struct fab_report, title), "title"},
        {FAB_LAYOUT_PAGE, offsetof(struct fab_report, name), "name"},
        {FAB_LAYOUT_PAGE, offsetof(struct fab_report, title), "title"},
        {FAB_LAYOUT_AXIS, offsetof(struct fab_report, key), "key"},
    };
    reader->line = report->line ? report->line : 1;
    if (!report->line || !report->layout)
        return fab_keys_fail(reader, "missing:", report->line ? "layout" : "[sheet]", NULL);
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        const struct fab_word *word = (const void *)((const char *)report + required[i].offset);
        if (required[i].layout == report->layout && !word->text)
            return fab_keys_fail(reader, "missing key", required[i].name, "this layout needs it");
    }
    if (report->layout == FAB_LAYOUT_AXIS && report->books.count)
        return fab_keys_fail(reader, "not a key of an axis:", "book", "it stands over the series of a book");
    if (!report->column_count && !report->columns_all.text)
        return fab_keys_fail(reader, "missing:", "[column NAME]", NULL);
    for (int r = 0; r < report->rule_count; r++) {
        reader->line = report->rules[r].line;
        if (!report->rules[r].column.text || !report->rules[r].when.text || !report->rules[r].style)
            return fab_keys_fail(reader, "incomplete section", "[format]", "it needs column, when and style");
    }
    for (int c = 0; c < report->chart_count; c++) {
        reader->line = report->charts[c].line;
        const struct fab_report_chart *chart = &report->charts[c];
        if (!chart->type || !chart->title.text || !chart->alt.text || !chart->series.count ||
            (!chart->categories.count && !chart->from.text))
            return fab_keys_fail(reader, "incomplete section", "[chart]", "it needs type, title, alt, category (or from) and series");
    }
    return FAB_OK;
}

fab_status fab_report_parse(fab_context *context, fab_arena *arena, const char *origin, const char *text, size_t size,
                            struct fab_report *report)
{
    fab_status status = FAB_OK;
    struct fab_key_reader reader = {.context = context, .arena = arena, .open = open_section, .user = report};
    *report = (struct fab_report){0};
    TRY_MEMORY(context, reader.origin = report->origin = fab_arena_dup(arena, origin));
    TRY_MEMORY(context, report->stem = fab_arena_dup_length(arena, origin, strcspn(origin, ".")));
    TRY(fab_keys_read(&reader, text, size));
    TRY(check_complete(&reader));
out:
    return status;
}
