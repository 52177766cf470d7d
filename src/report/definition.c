/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "definition.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"
#include "numbers.h"
#include "xml_text.h"

/* How the value of a key is read. */
enum kind { KIND_TEXT, KIND_TEXTS, KIND_COUNT, KIND_CHOICE, KIND_NUMBER };

struct key {
    const char *name;
    enum kind kind;
    size_t offset;     /* in the struct of the section */
    const char *words; /* KIND_CHOICE: separated by '|', 1 is the first */
};

#define SHEET_KEY(name, kind, words)                                                                                                       \
    {                                                                                                                                      \
#name, kind, offsetof(struct fab_report, name), words                                                                              \
    }
#define COLUMN_KEY(name, kind, words)                                                                                                      \
    {                                                                                                                                      \
#name, kind, offsetof(struct fab_report_column, name), words                                                                       \
    }
#define RULE_KEY(name, kind, words)                                                                                                        \
    {                                                                                                                                      \
#name, kind, offsetof(struct fab_report_rule, name), words                                                                         \
    }
#define CHART_KEY(name, kind, words)                                                                                                       \
    {                                                                                                                                      \
#name, kind, offsetof(struct fab_report_chart, name), words                                                                        \
    }
#define KEY_END                                                                                                                            \
    {                                                                                                                                      \
        0, KIND_TEXT, 0, 0                                                                                                                 \
    }

static const struct key sheet_keys[] = {
    SHEET_KEY(title, KIND_TEXT, 0),
    SHEET_KEY(name, KIND_TEXT, 0),
    SHEET_KEY(about, KIND_TEXTS, 0),
    {"book", KIND_TEXTS, offsetof(struct fab_report, books), 0},
    SHEET_KEY(layout, KIND_CHOICE, "list|series|cover|axis"),
    SHEET_KEY(tab, KIND_CHOICE, "result|input|check"),
    SHEET_KEY(role, KIND_CHOICE, "label|input|plan|data"),
    SHEET_KEY(empty, KIND_TEXT, 0),
    SHEET_KEY(with, KIND_TEXT, 0),
    {"legend_input", KIND_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_INPUT]), 0},
    {"legend_plan", KIND_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_PLAN]), 0},
    {"legend_data", KIND_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_DATA]), 0},
    {"legend_formula", KIND_TEXT, offsetof(struct fab_report, legend[FAB_ROLE_FORMULA]), 0},
    {"columns", KIND_TEXT, offsetof(struct fab_report, columns_all), 0},
    SHEET_KEY(freeze, KIND_COUNT, 0),
    SHEET_KEY(key, KIND_TEXT, 0),
    SHEET_KEY(master, KIND_TEXT, 0),
    SHEET_KEY(axis, KIND_TEXT, 0),
    SHEET_KEY(row, KIND_TEXT, 0),
    SHEET_KEY(label, KIND_TEXT, 0),
    SHEET_KEY(label_header, KIND_TEXT, 0),
    SHEET_KEY(period, KIND_TEXT, 0),
    KEY_END,
};

static const struct key column_keys[] = {
    COLUMN_KEY(source, KIND_TEXT, 0),
    COLUMN_KEY(header, KIND_TEXT, 0),
    COLUMN_KEY(unit, KIND_TEXT, 0),
    COLUMN_KEY(unit_from, KIND_TEXT, 0),
    COLUMN_KEY(width, KIND_COUNT, 0),
    COLUMN_KEY(number, KIND_NUMBER, 0),
    COLUMN_KEY(number_from, KIND_TEXT, 0),
    COLUMN_KEY(role, KIND_CHOICE, "label|input|plan|data"),
    COLUMN_KEY(formula, KIND_TEXT, 0),
    COLUMN_KEY(formula_from, KIND_TEXT, 0),
    COLUMN_KEY(total, KIND_CHOICE, "sum|first|last|formula"),
    COLUMN_KEY(total_from, KIND_TEXT, 0),
    KEY_END,
};

static const struct key rule_keys[] = {
    RULE_KEY(column, KIND_TEXT, 0),
    RULE_KEY(when, KIND_TEXT, 0),
    RULE_KEY(style, KIND_CHOICE, "good|quiet|watch|alarm"),
    KEY_END,
};

static const struct key chart_keys[] = {
    CHART_KEY(type, KIND_CHOICE, "column_stacked|column|bar|line"),
    CHART_KEY(title, KIND_TEXT, 0),
    CHART_KEY(title_from, KIND_TEXT, 0),
    CHART_KEY(from, KIND_TEXT, 0),
    CHART_KEY(alt, KIND_TEXT, 0),
    {"category", KIND_TEXTS, offsetof(struct fab_report_chart, categories), 0},
    CHART_KEY(series, KIND_TEXTS, 0),
    CHART_KEY(rows, KIND_COUNT, 0),
    CHART_KEY(x, KIND_TEXT, 0),
    CHART_KEY(y, KIND_TEXT, 0),
    CHART_KEY(number, KIND_NUMBER, 0),
    KEY_END,
};

struct reader {
    fab_context *context;
    fab_arena *arena;
    struct fab_report *report;
    int line;
    const struct key *keys; /* of the open section, NULL before the first */
    void *record;           /* its struct */
    const char *section;
};

static fab_status fail_at(struct reader *reader, const char *what, const char *value, const char *hint)
{
    return fab_fail(reader->context, FAB_INPUT, "%s:%d: %s `%s`%s%s", reader->report->origin, reader->line, what, value, hint ? "; " : "",
                    hint ? hint : "");
}

/* An array in the arena with room for one more: doubles when count is a power of two. NULL when memory is short. */
static void *make_room(fab_arena *arena, void *items, int count, size_t size)
{
    if (count & (count - 1))
        return items;
    void *wider = fab_arena_take(arena, count ? 2 * (size_t)count : 1, size);
    if (wider && count)
        memcpy(wider, items, (size_t)count * size);
    return wider;
}

static fab_status add_text(struct reader *reader, struct fab_texts *texts, const char *value)
{
    const char **items = make_room(reader->arena, texts->items, texts->count, sizeof *items);
    int *lines = make_room(reader->arena, texts->lines, texts->count, sizeof *lines);
    if (!items || !lines)
        return fab_fail_memory(reader->context);
    items[texts->count] = value;
    lines[texts->count] = reader->line;
    *texts = (struct fab_texts){items, lines, texts->count + 1};
    return FAB_OK;
}

/* Place of a word among words separated by '|', from 1; 0: not there. */
static int find_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (int place = 1; *words; place++) {
        size_t end = strcspn(words, "|");
        if (end == length && memcmp(words, word, length) == 0)
            return place;
        words += end + (words[end] == '|');
    }
    return 0;
}

static fab_status set_number(struct reader *reader, const struct key *key, const char *value, int *number)
{
    char *end;
    long count;
    switch (key->kind) {
    case KIND_COUNT:
        count = strtol(value, &end, 10);
        if (*end || end == value || count < 0 || count > 10000)
            return fail_at(reader, "not a count:", value, NULL);
        *number = (int)count;
        return FAB_OK;
    case KIND_CHOICE:
        *number = find_word(key->words, value);
        return *number ? FAB_OK : fail_at(reader, "unknown word", value, fab_arena_printf(reader->arena, "one of %s", key->words));
    case KIND_NUMBER:
        *number = fab_number_find(value) + 1;
        return *number ? FAB_OK : fail_at(reader, "unknown number format", value, "numbers.h has the table");
    case KIND_TEXT:
    case KIND_TEXTS: break;
    }
    return FAB_OK;
}

static fab_status set_key(struct reader *reader, const char *name, const char *value)
{
    const struct key *key = reader->keys;
    if (!key)
        return fail_at(reader, "a key before the first section:", name, "start with [sheet]");
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, name);
    for (; key->name && strcmp(key->name, name) != 0; key++)
        fab_nearest_offer(&nearest, key->name);
    if (!key->name)
        return fail_at(
            reader, "unknown key", name,
            fab_arena_printf(reader->arena, "not a key of %s%s%s", reader->section, *nearest.best ? ", did you mean " : "", nearest.best));
    if (!*value)
        return fail_at(reader, "no value for key", name, NULL);
    char *member = (char *)reader->record + key->offset;
    if (key->kind == KIND_TEXTS)
        return add_text(reader, (struct fab_texts *)(void *)member, value);
    if (key->kind != KIND_TEXT)
        return set_number(reader, key, value, (int *)(void *)member);
    struct fab_word *word = (struct fab_word *)(void *)member;
    if (word->text)
        return fail_at(reader, "given twice: key", name, NULL);
    *word = (struct fab_word){value, reader->line};
    return FAB_OK;
}

static fab_status open_column(struct reader *reader, const char *name)
{
    struct fab_report *report = reader->report;
    for (int c = 0; c < report->column_count; c++)
        if (strcmp(report->columns[c].name, name) == 0)
            return fail_at(reader, "a second column", name, NULL);
    struct fab_report_column *columns = make_room(reader->arena, report->columns, report->column_count, sizeof *columns);
    if (!columns)
        return fab_fail_memory(reader->context);
    report->columns = columns;
    columns += report->column_count++;
    columns->name = name;
    columns->line = reader->line;
    reader->keys = column_keys;
    reader->record = columns;
    return FAB_OK;
}

static fab_status open_rule(struct reader *reader)
{
    struct fab_report *report = reader->report;
    struct fab_report_rule *rules = make_room(reader->arena, report->rules, report->rule_count, sizeof *rules);
    if (!rules)
        return fab_fail_memory(reader->context);
    report->rules = rules;
    rules += report->rule_count++;
    rules->line = reader->line;
    reader->keys = rule_keys;
    reader->record = rules;
    return FAB_OK;
}

static fab_status open_chart(struct reader *reader)
{
    struct fab_report *report = reader->report;
    struct fab_report_chart *charts = make_room(reader->arena, report->charts, report->chart_count, sizeof *charts);
    if (!charts)
        return fab_fail_memory(reader->context);
    report->charts = charts;
    charts += report->chart_count++;
    charts->line = reader->line;
    reader->keys = chart_keys;
    reader->record = charts;
    return FAB_OK;
}

/* `text` is what stands between the brackets. */
static fab_status open_section(struct reader *reader, char *text)
{
    char *name = text + strcspn(text, " ");
    if (*name)
        *name++ = '\0';
    reader->section = fab_arena_printf(reader->arena, "[%s]", text);
    if (strcmp(text, "column") == 0 && *name)
        return open_column(reader, name);
    if (*name)
        return fail_at(reader, "unknown section", text, "only [column NAME] has a name");
    if (strcmp(text, "format") == 0)
        return open_rule(reader);
    if (strcmp(text, "chart") == 0)
        return open_chart(reader);
    if (strcmp(text, "sheet") != 0)
        return fail_at(reader, "unknown section", text, "known are [sheet], [column NAME], [format], [chart]");
    if (reader->report->line)
        return fail_at(reader, "a second section", text, NULL);
    reader->report->line = reader->line;
    reader->keys = sheet_keys;
    reader->record = reader->report;
    return FAB_OK;
}

static fab_status read_line(struct reader *reader, char *line)
{
    size_t length = strlen(line);
    while (length && strchr(" \t\r", line[length - 1]))
        line[--length] = '\0';
    line += strspn(line, " \t");
    if (!*line || *line == '#')
        return FAB_OK;
    if (*line == '[') {
        char *end = line + strlen(line) - 1;
        if (*end != ']')
            return fail_at(reader, "a section without its ]:", line, NULL);
        *end = '\0';
        return open_section(reader, line + 1);
    }
    char *value = line + strcspn(line, " \t");
    if (*value)
        *value++ = '\0';
    return set_key(reader, line, value + strspn(value, " \t"));
}

/* Ends a line with its continuations, which start with a blank; returns the next one, NULL after the last. *lines: how many they are. */
static char *take_line(char *line, int *lines)
{
    *lines = 1;
    for (char *end = line;; end++) {
        if (*end == '\0')
            return NULL;
        if (*end != '\n')
            continue;
        bool goes_on = (end[1] == ' ' || end[1] == '\t') && !strchr("\r\n", end[1 + strspn(end + 1, " \t")]);
        if (!goes_on) {
            *end = '\0';
            return end + 1;
        }
        *end = ' ';
        ++*lines;
    }
}

/* What every definition must say, by layout. */
static fab_status check_complete(struct reader *reader)
{
    const struct fab_report *report = reader->report;
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
        {FAB_LAYOUT_AXIS, offsetof(struct fab_report, key), "key"},
    };
    reader->line = report->line ? report->line : 1;
    if (!report->line || !report->layout)
        return fail_at(reader, "missing:", report->line ? "layout" : "[sheet]", NULL);
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        const struct fab_word *word = (const void *)((const char *)report + required[i].offset);
        if (required[i].layout == report->layout && !word->text)
            return fail_at(reader, "missing key", required[i].name, "this layout needs it");
    }
    if (report->layout == FAB_LAYOUT_AXIS && report->books.count)
        return fail_at(reader, "not a key of an axis:", "book", "it stands over the series of a book");
    if (!report->column_count && !report->columns_all.text)
        return fail_at(reader, "missing:", "[column NAME]", NULL);
    for (int r = 0; r < report->rule_count; r++) {
        reader->line = report->rules[r].line;
        if (!report->rules[r].column.text || !report->rules[r].when.text || !report->rules[r].style)
            return fail_at(reader, "incomplete section", "[format]", "it needs column, when and style");
    }
    for (int c = 0; c < report->chart_count; c++) {
        reader->line = report->charts[c].line;
        const struct fab_report_chart *chart = &report->charts[c];
        if (!chart->type || !chart->title.text || !chart->alt.text || !chart->series.count ||
            (!chart->categories.count && !chart->from.text))
            return fail_at(reader, "incomplete section", "[chart]", "it needs type, title, alt, category (or from) and series");
    }
    return FAB_OK;
}

fab_status fab_report_parse(fab_context *context, fab_arena *arena, const char *origin, const char *text, size_t size,
                            struct fab_report *report)
{
    struct reader reader = {.context = context, .arena = arena, .report = report};
    char *copy = fab_arena_dup_length(arena, text, size);
    *report = (struct fab_report){.origin = fab_arena_dup(arena, origin)};
    if (!copy || !report->origin)
        return fab_fail_memory(context);
    if (strlen(copy) != size)
        return fab_fail(context, FAB_INPUT, "%s:1: the file has a NUL byte: it is not text", origin);
    report->stem = fab_arena_dup_length(arena, origin, strcspn(origin, "."));
    if (!report->stem)
        return fab_fail_memory(context);
    int lines = 1;
    for (char *line = copy, *next; line; line = next) {
        reader.line += lines;
        next = take_line(line, &lines);
        if (fab_xml_characters(line) < 0)
            return fail_at(&reader, "not UTF-8, or a control character:", line, NULL);
        fab_status status = read_line(&reader, line);
        if (status)
            return status;
    }
    return check_complete(&reader);
}
