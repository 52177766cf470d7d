/* What a cell of a sheet holds, as the text that it would be in a CSV file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_CELL_H
#define FAB_XLSX_CELL_H

#include "xlsx_text.h"
#include "xlsx_workbook.h"

enum { FAB_XLSX_COLUMNS_MAX = 16384, FAB_XLSX_ROWS_MAX = 1048576, FAB_XLSX_ADDRESS_SIZE = 16, FAB_XLSX_TYPE_SIZE = 12, FAB_XLSX_VALUE_SIZE = 32, FAB_XLSX_FAULT_SIZE = 512 };

/* A cell as the sheet's part has it. */
struct fab_xlsx_cell {
    int row, column; /* from 1 */
    long style;
    char type[FAB_XLSX_TYPE_SIZE]; /* "": a number */
    bool has_formula, has_value;
    struct fab_xlsx_text value, formula;
};

/* Its value as text, *text NULL for none, in the cell, the workbook or `printed`: numbers in their shortest form, dates as YYYY-MM-DD (with
 * THH:MM:SS where they have a time), truth as 1 or 0. False when it has none to give: an error value, a formula without a value, a number that is none, a day
 * before 1900-03-01 (spreadsheets count those differently); fault then says "VALUE, must RULE (HINT)". */
bool fab_xlsx_cell_text(const fab_xlsx_workbook *workbook, struct fab_xlsx_cell *cell, char printed[FAB_XLSX_VALUE_SIZE], const char **text,
                        char fault[FAB_XLSX_FAULT_SIZE]);

/* Reads "F17" as row 17 and column 6. False when the text is no address. */
bool fab_xlsx_address_read(const char *address, int *row, int *column);

#endif
