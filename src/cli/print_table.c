/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN_GAP "  "

struct layout {
    int width;
    bool number; /* numbers to the right */
};

/* A value as text in new memory; NULL when memory is short. */
static char *value_text(const fab_value *value)
{
    switch (value->type) {
    case FAB_INTEGER: return cli_text_format("%" PRId64, value->integer);
    case FAB_REAL: return cli_text_number(value->real);
    case FAB_TEXT: return cli_text_format("%s", value->text);
    case FAB_NULL: break;
    }
    return cli_text_format("%s", "");
}

/* "usd_per_hour" as it is read: "USD per hour". */
static char *head_text(const char *name)
{
    char *text = strdup(name);
    for (char *c = text; c && *c; c++)
        if (*c == '_')
            *c = ' ';
    for (char *usd = text ? strstr(text, "usd") : NULL; usd; usd = strstr(usd, "usd"))
        memcpy(usd, "USD", 3);
    return text;
}

/* Digits that tell hashes apart; the whole hash is in the JSON. */
enum { HASH_DIGITS = 12 };

static bool is_hash(const char *column)
{
    static const char ending[] = "_sha256";
    size_t length = strlen(column);
    return length >= sizeof ending - 1 && strcmp(column + length - (sizeof ending - 1), ending) == 0;
}

static char *cell_text(const fab_table *table, int row, int column)
{
    const char *name = fab_table_column_name(table, column);
    if (row < 0)
        return head_text(name);
    const fab_value *value = fab_table_get(table, row, column);
    if (value->type == FAB_INTEGER && (strcmp(name, "simulated") == 0 || strcmp(name, "released") == 0))
        return strdup(value->integer ? "yes" : "no");
    return value->type == FAB_TEXT && is_hash(name) ? strndup(value->text, HASH_DIGITS) : value_text(value);
}

static bool measure_column(const fab_table *table, int column, struct layout *layout)
{
    *layout = (struct layout){.number = true};
    for (int r = -1; r < fab_table_rows(table); r++) {
        char *text = cell_text(table, r, column);
        if (!text)
            return false;
        int width = cli_text_print(NULL, text);
        layout->width = width > layout->width ? width : layout->width;
        layout->number = layout->number && (r < 0 || fab_table_get(table, r, column)->type != FAB_TEXT);
        free(text);
    }
    return true;
}

static void print_cell(FILE *out, const char *text, const struct layout *layout, bool last)
{
    int blanks = layout->width - cli_text_print(NULL, text);
    if (layout->number)
        fprintf(out, "%*s", blanks, "");
    cli_text_print(out, text);
    if (!last)
        fprintf(out, "%*s" COLUMN_GAP, layout->number ? 0 : blanks, "");
}

/* The last column of a row that has something to show, so that no line ends in blanks. */
static int last_column(const fab_table *table, int row)
{
    int last = fab_table_columns(table) - 1;
    while (row >= 0 && last > 0 && fab_table_get(table, row, last)->type == FAB_NULL)
        last--;
    return last;
}

/* Row -1 is the head. */
static bool print_row(FILE *out, const fab_table *table, int row, const struct layout *layout)
{
    int last = last_column(table, row);
    for (int c = 0; c <= last; c++) {
        char *text = cell_text(table, row, c);
        if (!text)
            return false;
        print_cell(out, text, &layout[c], c == last);
        free(text);
    }
    return true;
}

bool cli_print_table(FILE *out, const fab_table *table, bool colour)
{
    int columns = fab_table_columns(table), rows = fab_table_rows(table);
    if (rows == 0)
        return true;
    struct layout *layout = calloc((size_t)columns, sizeof *layout);
    bool complete = layout != NULL;
    for (int c = 0; complete && c < columns; c++)
        complete = measure_column(table, c, &layout[c]);
    for (int r = -1; complete && r < rows; r++) {
        bool bold = colour && r < 0;
        fputs(bold ? "\033[1m" : "", out);
        complete = print_row(out, table, r, layout);
        fputs(bold ? "\033[0m\n" : "\n", out);
    }
    free(layout);
    return complete;
}

void cli_print_title(FILE *out, const char *title, bool colour)
{
    fprintf(out, "%s%s%s\n", colour ? "\033[1m" : "", title, colour ? "\033[0m" : "");
}
