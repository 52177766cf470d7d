/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "output.h"
#include "text.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *text_at(const fab_table *table, int row, const char *column)
{
    int index = fab_table_find_column(table, column);
    const fab_value *value = index < 0 ? NULL : fab_table_get(table, row, index);
    return value && value->type == FAB_TEXT ? value->text : NULL;
}

static double number_at(const fab_table *table, int row, const char *column)
{
    int index = fab_table_find_column(table, column);
    return index < 0 ? (double)NAN : fab_value_number(fab_table_get(table, row, index));
}

/* ---- the plan ---- */

/* Facts: key, then its number and unit or its text. */
static bool print_facts(FILE *out, const fab_table *facts)
{
    int width = 0;
    bool complete = true;
    for (int r = 0; r < fab_table_rows(facts); r++) {
        int columns = cli_text_print(NULL, text_at(facts, r, "key"));
        width = columns > width ? columns : width;
    }
    for (int r = 0; r < fab_table_rows(facts); r++) {
        const char *key = text_at(facts, r, "key"), *text = text_at(facts, r, "text"), *unit = text_at(facts, r, "unit");
        char *number = cli_text_number(number_at(facts, r, "number"));
        cli_text_print(out, key);
        fprintf(out, "%*s  ", width - cli_text_print(NULL, key), "");
        cli_text_print(out, text ? text : number ? number : "");
        fputs(unit ? " " : "", out);
        cli_text_print(out, unit ? unit : "");
        fputc('\n', out);
        complete = complete && number;
        free(number);
    }
    return complete;
}

fab_status cli_print_plan(struct cli *cli, fab *opened, int64_t plan)
{
    fab_status status;
    fab_result *summary = NULL;
    TRY(fab_plan_summary(cli->context, opened, plan, &summary));
    TRY_MEMORY(cli->context, print_facts(cli->out, fab_result_table(summary, "summary")));
    for (int p = 1; p < fab_result_sections(summary); p++) {
        const fab_section *part = fab_result_section(summary, p);
        if (fab_table_rows(part->table) == 0)
            continue;
        fputc('\n', cli->out);
        cli_print_title(cli->out, part->title, cli->terminal.colour_out);
        TRY_MEMORY(cli->context, cli_print_table(cli->out, part->table, false));
    }
out:
    fab_result_free(summary);
    return status;
}

/* ---- no plan ---- */

/* Limits are those of the linear program, with constants on their side: only the change is in the user's terms. */
static bool add_explained_row(fab_table *table, const fab_table *conflict, int row, const char *meaning)
{
    const char *direction = text_at(conflict, row, "direction");
    char *excess = cli_text_number(number_at(conflict, row, "excess"));
    const char *unit = text_at(conflict, row, "unit");
    char *change = excess ? cli_text_format("%s by %s%s%s", direction && strcmp(direction, "above") == 0 ? "rise" : "fall", excess, unit && *unit ? " " : "", unit ? unit : "") : NULL;
    fab_value *cells = change ? fab_table_add_row(table) : NULL;
    if (cells) {
        cells[0] = fab_text(text_at(conflict, row, "name"));
        cells[1] = fab_text(meaning);
        cells[2] = fab_text(fab_table_keep(table, change));
    }
    bool complete = cells && cells[2].text;
    free(change);
    free(excess);
    return complete;
}

static const char *find_meaning(const fab_table *families, const char *code)
{
    for (int r = 0; code && r < fab_table_rows(families); r++) {
        const char *known = text_at(families, r, "code");
        if (known && strcmp(known, code) == 0)
            return text_at(families, r, "meaning");
    }
    return NULL;
}

/* "fall by 12 units"; "" when it was not found. */
static bool add_member_row(fab_table *table, const fab_table *set, int row)
{
    const char *direction = text_at(set, row, "direction"), *unit = text_at(set, row, "unit");
    char *alone = cli_text_number(number_at(set, row, "alone"));
    bool found = !isnan(number_at(set, row, "alone"));
    char *change = alone ? cli_text_format("%s by %s%s%s", direction && strcmp(direction, "above") == 0 ? "rise" : "fall", alone, unit && *unit ? " " : "", unit ? unit : "") : NULL;
    fab_value *cells = change ? fab_table_add_row(table) : NULL;
    if (cells) {
        cells[0] = fab_text(text_at(set, row, "name"));
        cells[1] = fab_text(found ? fab_table_keep(table, change) : "");
    }
    bool complete = cells && cells[1].text;
    free(change);
    free(alone);
    return complete;
}

/* The limits of which none can be left out. */
static fab_status explain_set(struct cli *cli, const fab_table *set)
{
    static const char *const columns[] = {"limit", "alone must"};
    fab_status status = FAB_OK;
    fab_table *explained = NULL;
    if (fab_table_rows(set) == 0)
        return FAB_OK;
    TRY_MEMORY(cli->context, explained = fab_table_new("conflict_set", columns, (int)(sizeof columns / sizeof *columns)));
    for (int r = 0; r < fab_table_rows(set); r++)
        TRY_MEMORY(cli->context, add_member_row(explained, set, r));
    fputs("\nThe heart of the conflict: these limits cannot hold together, and without any one of them the others can.\nWhat one alone would have to give, for these to hold, stands beside it; limits that are not among them may ask for more.\n\n", cli->out);
    TRY_MEMORY(cli->context, cli_print_table(cli->out, explained, cli->terminal.colour_out));
out:
    fab_table_free(explained);
    return status;
}

fab_status cli_explain_conflict(struct cli *cli, const fab_result *answer)
{
    static const char *const columns[] = {"limit", "meaning", "must"};
    const fab_table *conflict = fab_result_table(answer, "conflict");
    fab_status status = FAB_OK;
    fab_result *families = NULL;
    fab_table *explained = NULL;
    TRY_MEMORY(cli->context, explained = fab_table_new("conflict", columns, (int)(sizeof columns / sizeof *columns)));
    TRY(fab_equation_families(cli->context, &families));
    for (int r = 0; r < fab_table_rows(conflict); r++)
        TRY_MEMORY(cli->context, add_explained_row(explained, conflict, r,
                                                   find_meaning(fab_result_table(families, "equations"), text_at(conflict, r, "equation"))));
    fputs("No plan exists: these limits cannot be kept together with all the others. The least change of limits that makes a plan "
          "possible:\n\n",
          cli->out);
    TRY_MEMORY(cli->context, cli_print_table(cli->out, explained, cli->terminal.colour_out));
    TRY(explain_set(cli, fab_result_table(answer, "conflict_set")));
out:
    fab_table_free(explained);
    fab_result_free(families);
    return status;
}

void cli_explain_undecided(struct cli *cli, const fab_result *answer)
{
    const fab_value *violation = fab_result_fact(answer, "violation");
    fputs("Undecided: no plan was found, and that none exists is not proven.", cli->out);
    if (violation && violation->type == FAB_REAL)
        fprintf(cli->out, " The least violation of limits that was found is %.3g, relative to them.", violation->real);
    fputc('\n', cli->out);
}

void cli_explain_limit(struct cli *cli)
{
    fprintf(cli->out, "No plan within %g s that is near enough to the best (--worst-gap). A longer --time-limit may find one; without it the solver takes the time it needs.\n",
            cli->values.time_limit_seconds);
}
