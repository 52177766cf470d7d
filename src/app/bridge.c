/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge.h"

#include "book.h"
#include "input_tables.h"
#include "plain_locale.h"
#include "report_select.h"
#include "try.h"

static fab_status read_steps(fab_context *context, const struct fab_sheet *sheet, fab_table **bridge)
{
    fab_status status = FAB_OK;
    static const char *const names[] = {"step", "usd"};
    int value = fab_sheet_find_column(sheet, "value");
    fab_table *steps = NULL;
    TRY_MEMORY(context, steps = fab_table_new("bridge", names, 2));
    for (int r = 0; r < fab_sheet_rows(sheet); r++) {
        fab_value *row = fab_table_add_row(steps);
        TRY_MEMORY(context, row);
        row[0] = fab_text(fab_table_keep(steps, fab_table_get(sheet->table, r, sheet->key_column)->text));
        TRY_MEMORY(context, row[0].text);
        const struct fab_grid_cell cell = fab_sheet_cell(sheet, r, value);
        row[1] = fab_real(fab_value_number(&cell.value));
    }
    *bridge = steps;
    steps = NULL;
out:
    fab_table_free(steps);
    return status;
}

fab_status fab_bridge_make(fab_context *context, fab *handle, int64_t base, int64_t plan, fab_table **bridge)
{
    fab_status status = FAB_OK;
    fab_arena *arena = NULL;
    struct fab_plain_locale locale = {0};
    struct fab_book *book = NULL;
    struct fab_selection selection = {.context = context, .handle = handle, .plan = plan, .before = base};
    struct fab_book_source source = {.select = fab_selection_select, .user = &selection};
    TRY(fab_plain_locale_enter(context, &locale));
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY_MEMORY(context, fab_input_tables_get(arena, &source));
    TRY(fab_book_open_report(context, &source, "fin_bridge", &book));
    TRY(read_steps(context, &book->sheets[0], bridge));
out:
    fab_book_close(book);
    fab_selection_fini(&selection);
    fab_arena_free(arena);
    fab_plain_locale_leave(&locale);
    return status;
}
