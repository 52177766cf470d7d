/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sections.h"

#include "output.h"
#include "text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

/* "created_utc" as it is read. NULL when memory is short; the caller frees it. */
static char *label_of(const char *column)
{
    char *label = strdup(column);
    for (char *c = label; c && *c; c++)
        if (*c == '_')
            *c = ' ';
    return label;
}

/* Digits that tell hashes apart; the whole hash is in the JSON. */
enum { HASH_DIGITS = 12 };

static bool is_hash(const char *column)
{
    const char *ending = strstr(column, "_sha256");
    return ending && !ending[strlen("_sha256")];
}

static char *text_of(const fab_value *value)
{
    switch (value->type) {
    case FAB_INTEGER: return cli_text_format("%" PRId64, value->integer);
    case FAB_REAL: return cli_text_number(value->real);
    case FAB_TEXT: return strdup(value->text);
    case FAB_NULL: break;
    }
    return strdup("");
}

static bool is_simulated(const char *column)
{
    return strcmp(column, "simulated") == 0;
}

/* What is not given has no line; of the mark of a simulated history only a simulated one. */
static bool has_line(const fab_table *facts, int column)
{
    const fab_value *value = fab_table_get(facts, 0, column);
    return value->type != FAB_NULL && !(is_simulated(fab_table_column_name(facts, column)) && value->integer == 0);
}

static bool print_fact(FILE *out, const fab_table *facts, int column, int width)
{
    const char *name = fab_table_column_name(facts, column);
    bool simulated = is_simulated(name);
    const fab_value *value = fab_table_get(facts, 0, column);
    char *label = label_of(simulated ? "history" : name);
    char *text = simulated                                  ? strdup("SIMULATED, not measured")
                 : is_hash(name) && value->type == FAB_TEXT ? strndup(value->text, HASH_DIGITS)
                                                            : text_of(value);
    if (label && text) {
        fprintf(out, "%-*s  ", width, label);
        cli_text_print(out, text);
        fputc('\n', out);
    }
    bool complete = label && text;
    free(label);
    free(text);
    return complete;
}

static bool print_facts(FILE *out, const fab_table *facts)
{
    int width = 0;
    bool complete = true;
    for (int c = 0; c < fab_table_columns(facts); c++)
        if (has_line(facts, c) && (int)strlen(fab_table_column_name(facts, c)) > width)
            width = (int)strlen(fab_table_column_name(facts, c));
    for (int c = 0; complete && c < fab_table_columns(facts); c++)
        complete = !has_line(facts, c) || print_fact(out, facts, c, width);
    return complete;
}

static bool print_text(struct cli *cli, const fab_sections *sections)
{
    bool complete = true;
    for (int s = 0; complete && s < sections->count; s++) {
        const fab_section *section = &sections->section[s];
        if (fab_table_rows(section->table) == 0)
            continue;
        if (!section->name) {
            complete = print_facts(cli->out, section->table);
            continue;
        }
        fputc('\n', cli->out);
        cli_print_title(cli->out, section->title, cli->terminal.colour_out);
        complete = cli_print_table(cli->out, section->table, false);
    }
    return complete;
}

/* ---- JSON ---- */

/* The columns of the facts become members of the object. */
static bool add_facts(json_t *object, const fab_table *facts)
{
    bool added = cli_json_add_table(object, "facts", facts);
    json_t *row = added ? json_incref(json_array_get(json_object_get(object, "facts"), 0)) : NULL;
    if (added)
        json_object_del(object, "facts");
    json_t *simulated = row ? json_object_get(row, "simulated") : NULL;
    if (simulated)
        added = json_object_set_new(row, "simulated", json_boolean(json_integer_value(simulated) != 0)) == 0;
    added = added && row && json_object_update(object, row) == 0;
    json_decref(row);
    return added;
}

static int print_json(struct cli *cli, const char *schema, const fab_sections *sections)
{
    json_t *object = cli_json_begin(schema);
    bool complete = object != NULL;
    for (int s = 0; complete && s < sections->count; s++) {
        const fab_section *section = &sections->section[s];
        complete = section->name ? cli_json_add_table(object, section->name, section->table) : add_facts(object, section->table);
    }
    if (!complete) {
        json_decref(object);
        object = NULL;
    }
    return cli_json_end(cli, object);
}

int cli_print_sections(struct cli *cli, const char *schema, const fab_sections *sections)
{
    if (cli->values.json)
        return print_json(cli, schema, sections);
    return print_text(cli, sections) ? 0 : cli_fail(cli, fab_fail_memory(cli->context));
}
