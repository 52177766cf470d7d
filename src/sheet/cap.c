/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cap.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"

/* "{sum:pegging.units}" refers to a column of pegging. */
static bool names_column_of(const char *pattern, const char *stem)
{
    size_t length = strlen(stem);
    for (const char *colon = pattern ? strchr(pattern, ':') : NULL; colon; colon = strchr(colon + 1, ':'))
        if (strncmp(colon + 1, stem, length) == 0 && colon[1 + length] == '.')
            return true;
    return false;
}

static bool refers_to(const struct fab_sheet *sheet, const char *stem)
{
    for (int c = 0; c < sheet->column_count; c++) {
        const struct fab_sheet_column *column = &sheet->columns[c];
        if (names_column_of(column->definition->formula.text, stem))
            return true;
        for (int row = 0; column->formula >= 0 && row < fab_table_rows(sheet->table); row++) {
            const fab_value *pattern = fab_table_get(sheet->table, row, column->formula);
            if (pattern->type == FAB_TEXT && names_column_of(pattern->text, stem))
                return true;
        }
    }
    return false;
}

static bool is_referred_to(const struct fab_book *book, const char *stem)
{
    for (int s = 0; s < book->loaded_count; s++)
        if (refers_to(&book->sheets[s], stem))
            return true;
    return false;
}

void fab_book_cap(struct fab_book *book, int most)
{
    for (int s = 0; s < book->sheet_count; s++) {
        struct fab_sheet *sheet = &book->sheets[s];
        int rows = fab_sheet_rows(sheet);
        if (sheet->axis || sheet->master_column >= 0 || rows <= most || is_referred_to(book, sheet->report->stem))
            continue;
        sheet->left_out = rows - most;
        fab_say(book->context, FAB_LEVEL_WARNING, "sheet `%s` has the first %d of %d rows: it is that long at most; the sheet alone, as CSV, has all of them", sheet->report->name.text, most, rows);
    }
}
