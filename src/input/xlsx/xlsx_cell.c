/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_cell.h"

#include "date.h"
#include "number.h"
#include "utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 60, SHOWN_SIZE = 4 * SHOWN + 8 };

static bool refuse(char fault[FAB_XLSX_FAULT_SIZE], const char *value, const char *rule)
{
    char shown[SHOWN_SIZE];
    snprintf(fault, FAB_XLSX_FAULT_SIZE, "'%s', must %s", fab_utf8_quote(value, SHOWN, shown, sizeof shown), rule);
    return false;
}

/* ---- numbers and dates ---- */

/* Days count from 1899-12-30 or 1904-01-01: the first epoch takes 1900 for a leap year, as its makers did. */
static bool print_date(const fab_xlsx_workbook *workbook, double serial, char printed[FAB_XLSX_VALUE_SIZE])
{
    enum { FIRST = 61 /* 1900-03-01 */, LAST = 109574 /* 2199-12-31 */, SECONDS = 86400, FROM_1904 = 1462, EPOCH = 25569 /* 1970-01-01 */ };
    double from_1900 = serial + (workbook->date1904 ? FROM_1904 : 0);
    if (!(from_1900 >= FIRST && from_1900 < LAST + 1))
        return false;
    long day = (long)floor(from_1900), seconds = lround((from_1900 - floor(from_1900)) * SECONDS);
    day += seconds == SECONDS;
    seconds %= SECONDS;
    fab_date_print((int32_t)(day - EPOCH), printed);
    if (seconds > 0)
        snprintf(printed + strlen(printed), FAB_XLSX_VALUE_SIZE - strlen(printed), "T%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return true;
}

static bool is_dated(const fab_xlsx_workbook *workbook, long style)
{
    return style >= 0 && style < workbook->styles.count && workbook->styles.dated[style];
}

static bool take_number(const fab_xlsx_workbook *workbook, const struct fab_xlsx_cell *cell, char printed[FAB_XLSX_VALUE_SIZE],
                        char fault[FAB_XLSX_FAULT_SIZE])
{
    const char *value = fab_xlsx_text_get(&cell->value), *why;
    double number;
    if (!fab_number_parse(value, &number, &why))
        return refuse(fault, value, "be a number (the workbook is damaged)");
    if (!is_dated(workbook, cell->style))
        fab_number_print(number, printed);
    else if (!print_date(workbook, number, printed))
        return refuse(fault, value, "be a day from 1900-03-01 to 2199-12-31 (the cell has a date format)");
    return true;
}

/* ---- texts ---- */

static bool take_shared(const fab_xlsx_workbook *workbook, const struct fab_xlsx_cell *cell, const char **text, char fault[FAB_XLSX_FAULT_SIZE])
{
    const char *value = fab_xlsx_text_get(&cell->value);
    char *end;
    long index = strtol(value, &end, 10);
    if (end == value || *end || index < 0 || index >= workbook->strings.count)
        return refuse(fault, value, "be one of the workbook's texts (the workbook is damaged)");
    *text = workbook->strings.text[index];
    return true;
}

/* An ISO 8601 date: midnight is none of a date alone. */
static void cut_midnight(char *value)
{
    enum { DATE_LENGTH = 10 };
    if (strlen(value) > DATE_LENGTH && strncmp(value + DATE_LENGTH, "T00:00:00", strlen("T00:00:00")) == 0)
        value[DATE_LENGTH] = '\0';
}

static bool is_type(const struct fab_xlsx_cell *cell, const char *type)
{
    return strcmp(cell->type, type) == 0;
}

bool fab_xlsx_cell_text(const fab_xlsx_workbook *workbook, struct fab_xlsx_cell *cell, char printed[FAB_XLSX_VALUE_SIZE], const char **text,
                        char fault[FAB_XLSX_FAULT_SIZE])
{
    char formula[SHOWN_SIZE];
    bool is_text = is_type(cell, "str") || is_type(cell, "inlineStr"), has_value = cell->has_value && (is_text || cell->value.length > 0);
    *text = NULL;
    if (cell->has_formula && !has_value) {
        snprintf(formula, sizeof formula, "=%s", fab_xlsx_text_get(&cell->formula));
        return refuse(fault, formula, "have a value (open the workbook and save it again, or write the value)");
    }
    if (!has_value)
        return true;
    if (is_type(cell, "e"))
        return refuse(fault, fab_xlsx_text_get(&cell->value), "be a value (an error value of the spreadsheet)");
    if (is_type(cell, "s"))
        return take_shared(workbook, cell, text, fault);
    *text = is_text || is_type(cell, "d") || is_type(cell, "b") ? fab_xlsx_text_get(&cell->value) : printed;
    if (is_type(cell, "d"))
        cut_midnight(cell->value.text);
    if (is_text && cell->value.text)
        cell->value.length = fab_xlsx_decode(cell->value.text);
    return *text != printed || take_number(workbook, cell, printed, fault);
}

/* ---- addresses ---- */

bool fab_xlsx_address_read(const char *address, int *row, int *column)
{
    *column = *row = 0;
    for (; *address >= 'A' && *address <= 'Z' && *column <= FAB_XLSX_COLUMNS_MAX; address++)
        *column = *column * 26 + (*address - 'A' + 1);
    for (; *address >= '0' && *address <= '9' && *row <= FAB_XLSX_ROWS_MAX; address++)
        *row = *row * 10 + (*address - '0');
    return *address == '\0' && *column >= 1 && *column <= FAB_XLSX_COLUMNS_MAX && *row >= 1 && *row <= FAB_XLSX_ROWS_MAX;
}
