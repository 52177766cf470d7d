/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_row.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

void fab_xlsx_row_clear(struct fab_xlsx_row *row, int number, bool hidden)
{
    row->number = number;
    row->hidden = hidden;
    row->count = 0;
    fab_xlsx_text_clear(&row->texts);
}

void fab_xlsx_row_fini(struct fab_xlsx_row *row)
{
    free(row->cells);
    free(row->texts.text);
}

bool fab_xlsx_row_add(struct fab_xlsx_row *row, int column, bool faulty, const char *text)
{
    size_t start = row->texts.length, length = strlen(text);
    if (!FAB_ARRAY_ROOM(&row->cells, row->count, &row->capacity) || !fab_xlsx_text_add(&row->texts, text, length + 1))
        return false;
    row->cells[row->count++] = (struct fab_xlsx_row_cell){column, faulty, start, length};
    return true;
}
