/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "text.h"
#include "try.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

/* A result of one table needs no title. */
static bool print_list(struct cli *cli, const fab_section *part)
{
    if (!part->title)
        return cli_print_table(cli->out, part->table, cli->terminal.colour_out);
    fputc('\n', cli->out);
    cli_print_title(cli->out, part->title, cli->terminal.colour_out);
    return cli_print_table(cli->out, part->table, false);
}

static fab_status print_text(struct cli *cli, const fab_result *result)
{
    fab_status status = FAB_OK;
    for (int p = 0; p < fab_result_sections(result); p++) {
        const fab_section *part = fab_result_section(result, p);
        if (fab_table_rows(part->table) > 0)
            TRY_MEMORY(cli->context, part->kind == FAB_SECTION_LIST || part->kind == FAB_SECTION_VALUES ? print_list(cli, part) : print_facts(cli->out, part->table));
    }
out:
    return status;
}

static bool write_out(void *user, const char *bytes, size_t size)
{
    FILE *out = user;
    return fwrite(bytes, 1, size, out) == size;
}

/* An output that takes no more is told at the end. */
static fab_status print_json(struct cli *cli, const fab_result *result)
{
    fab_status status = FAB_OK;
    bool complete = fab_result_write_json(result, cli->values.no_times ? FAB_JSON_NO_TIMES : 0, write_out, cli->out);
    TRY_MEMORY(cli->context, complete || ferror(cli->out));
    fputc('\n', cli->out);
out:
    return status;
}

fab_status cli_print_result(struct cli *cli, const fab_result *result)
{
    return (cli->values.json ? print_json : print_text)(cli, result);
}
