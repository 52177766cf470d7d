/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "master.h"

#include <string.h>

#include "address.h"

const char *fab_master_text(bool holds)
{
    return holds ? "All checks OK" : "A CHECK FAILED: see the checks";
}

bool fab_master_holds(const struct fab_book *book)
{
    const struct fab_sheet *sheet = book->master;
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        struct fab_grid_cell cell = fab_sheet_cell(sheet, row, sheet->master_column);
        if (cell.value.type != FAB_TEXT || strcmp(cell.value.text, "OK") != 0)
            return false;
    }
    return true;
}

/* On the sheet of the checks: as many OK as there are checks. Elsewhere: that cell. */
void fab_add_master_formula(const struct fab_book *book, const struct fab_sheet *sheet, struct fab_buffer *formula)
{
    const struct fab_sheet *master = book->master;
    fab_buffer_clear(formula);
    fab_buffer_add(formula, "=", 1);
    if (sheet != master) {
        fab_add_sheet_name(formula, master);
        fab_add_address(formula, master->check_row, 0, FAB_FIXED);
        return;
    }
    fab_buffer_print(formula, "IF(COUNTIFS(");
    fab_add_range(formula, master, master->master_column, master->master_column);
    fab_buffer_print(formula, ",\"OK\")=%d,\"%s\",\"%s\")", fab_sheet_rows(master), fab_master_text(true), fab_master_text(false));
}
