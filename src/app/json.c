/* Results as JSON, written as they are read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/result.h>

#include "json_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { REAL_DIGITS = 17 }; /* that give the same double back */

/* Where the text goes; nothing more once the writer has said no or memory was short. */
struct sink {
    fab_writer *write;
    void *user;
    unsigned flags;
    bool failed;
};

static void put(struct sink *sink, const char *text)
{
    sink->failed = sink->failed || !sink->write(sink->user, text, strlen(text));
}

/* A line break and a blank for each level. */
static void put_break(struct sink *sink, int level)
{
    put(sink, "\n");
    for (int l = 0; l < level; l++)
        put(sink, " ");
}

static void put_json(struct sink *sink, json_t *json)
{
    char *text = fab_json_text(json, JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS));
    json_decref(json);
    if (text)
        put(sink, text);
    sink->failed = sink->failed || !text;
    free(text);
}

/* Columns that say yes or no: SQL has no type of its own for them. */
static bool is_flag(const char *column)
{
    static const char *const flags[] = {"simulated", "complete", "tested", "released"};
    for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
        if (strcmp(flags[f], column) == 0)
            return true;
    return false;
}

static void put_value(struct sink *sink, const char *column, const fab_value *value)
{
    json_t *json = NULL;
    switch (value->type) {
    case FAB_INTEGER: json = is_flag(column) ? json_boolean(value->integer != 0) : json_integer(value->integer); break;
    case FAB_REAL: json = isfinite(value->real) ? json_real(value->real) : json_null(); break; /* JSON has no infinity */
    case FAB_TEXT: json = json_string(value->text); break;
    case FAB_NULL: json = json_null(); break;
    }
    put_json(sink, json);
}

static void put_name(struct sink *sink, const char *name)
{
    put_json(sink, json_string(name));
    put(sink, ": ");
}

/* What differs from run to run: the number of the plan, the seconds that it took, when it was made. */
static bool is_left_out(const struct sink *sink, const char *name)
{
    return (sink->flags & FAB_JSON_NO_TIMES) && (strcmp(name, "plan") == 0 || strcmp(name, "seconds") == 0 || strcmp(name, "created_utc") == 0);
}

/* The columns of a row as members; facts follow other members. */
static void put_members(struct sink *sink, const fab_table *table, int row, int level, bool first)
{
    for (int c = 0; c < fab_table_columns(table); c++) {
        const char *name = fab_table_column_name(table, c);
        if (is_left_out(sink, name))
            continue;
        put(sink, first ? "" : ",");
        put_break(sink, level);
        put_name(sink, name);
        put_value(sink, name, fab_table_get(table, row, c));
        first = false;
    }
}

static void put_object(struct sink *sink, const fab_table *table, int row, int level)
{
    put(sink, "{");
    put_members(sink, table, row, level + 1, true);
    put_break(sink, level);
    put(sink, "}");
}

static void put_array(struct sink *sink, const fab_section *part)
{
    int rows = fab_table_rows(part->table);
    put(sink, "[");
    for (int r = 0; r < rows && !sink->failed; r++) {
        put(sink, r > 0 ? "," : "");
        put_break(sink, 2);
        if (part->kind == FAB_SECTION_VALUES)
            put_value(sink, fab_table_column_name(part->table, 0), fab_table_get(part->table, r, 0));
        else
            put_object(sink, part->table, r, 2);
    }
    if (rows > 0)
        put_break(sink, 1);
    put(sink, "]");
}

static void put_part(struct sink *sink, const fab_section *part)
{
    if (part->kind == FAB_SECTION_FACTS) {
        if (fab_table_rows(part->table) > 0)
            put_members(sink, part->table, 0, 1, false);
        return;
    }
    if (is_left_out(sink, part->name))
        return;
    put(sink, ",");
    put_break(sink, 1);
    put_name(sink, part->name);
    if (part->kind == FAB_SECTION_OBJECT)
        put_object(sink, part->table, 0, 1);
    else
        put_array(sink, part);
}

bool fab_result_write_json(const fab_result *result, unsigned flags, fab_writer *write, void *user)
{
    struct sink sink = {.write = write, .user = user, .flags = flags};
    put(&sink, "{");
    put_break(&sink, 1);
    put_name(&sink, "schema");
    put_json(&sink, json_string(fab_result_schema(result)));
    for (int p = 0; p < fab_result_sections(result) && !sink.failed; p++)
        put_part(&sink, fab_result_section(result, p));
    put_break(&sink, 0);
    put(&sink, "}");
    return !sink.failed;
}

static bool keep(void *user, const char *bytes, size_t size)
{
    return fab_text_append(bytes, size, user) == 0;
}

char *fab_result_json(const fab_result *result)
{
    struct fab_text_bytes text = {0};
    if (fab_result_write_json(result, 0, keep, &text))
        return text.bytes;
    free(text.bytes);
    return NULL;
}
