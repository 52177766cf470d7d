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
    return value->type == FAB_TEXT && is_hash(name) ? strndup(value->text, HASH_DIGITS) : value_text(value);
}

static struct layout measure_column(const fab_table *table, int column)
{
    struct layout layout = {.number = true};
    for (int r = -1; r < fab_table_rows(table); r++) {
        char *text = cell_text(table, r, column);
        int width = text ? cli_text_print(NULL, text) : 0;
        layout.width = width > layout.width ? width : layout.width;
        layout.number = layout.number && (r < 0 || fab_table_get(table, r, column)->type != FAB_TEXT);
        free(text);
    }
    return layout;
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

void cli_print_table(FILE *out, const fab_table *table, bool colour)
{
    int columns = fab_table_columns(table), rows = fab_table_rows(table);
    struct layout *layout = rows > 0 ? calloc((size_t)columns, sizeof *layout) : NULL;
    if (!layout)
        return;
    for (int c = 0; c < columns; c++)
        layout[c] = measure_column(table, c);
    for (int r = -1; r < rows; r++) {
        int last = last_column(table, r);
        fputs(colour && r < 0 ? "\033[1m" : "", out);
        for (int c = 0; c <= last; c++) {
            char *text = cell_text(table, r, c);
            print_cell(out, text ? text : "", &layout[c], c == last);
            free(text);
        }
        fputs(colour && r < 0 ? "\033[0m\n" : "\n", out);
    }
    free(layout);
}

void cli_print_title(FILE *out, const char *title, bool colour)
{
    fprintf(out, "%s%s%s\n", colour ? "\033[1m" : "", title, colour ? "\033[0m" : "");
}
