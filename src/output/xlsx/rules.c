/* Conditional formats: formula rules only, because the library writes the others wrongly (several columns, top ten).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include <string.h>

#include "address.h"
#include "condition.h"

/* Puts the format on the rows [first, last] of the grid. */
static void add_range(struct fab_xlsx_writer *writer, const struct fab_report_rule *rule, int first, int last)
{
    const struct fab_sheet *sheet = writer->sheet;
    int column = sheet->axis ? FAB_SERIES_FIRST : fab_sheet_find_column(sheet, rule->column.text);
    int end = sheet->axis ? fab_sheet_columns(sheet) - 1 : fab_rule_last_column(sheet, rule);
    int fixed = sheet->axis || rule->through.text ? 0 : FAB_FIXED_COLUMN;
    struct fab_buffer *formula = &writer->formula;
    fab_buffer_clear(formula);
    fab_buffer_add(formula, "=", 1);
    if (sheet->axis) {
        const char *measure = sheet->columns[fab_sheet_find_column(sheet, rule->column.text)].definition->header.text;
        fab_buffer_add(formula, "(", 1);
        fab_add_address(formula, sheet->first_row + first, FAB_SERIES_MEASURE, FAB_FIXED_COLUMN);
        fab_buffer_print(formula, "=\"%s\")*", measure ? measure : rule->column.text);
    }
    fab_buffer_add(formula, "(", 1);
    fab_add_address(formula, sheet->first_row + first, column, fixed);
    fab_buffer_print(formula, "<>\"\")*(");
    fab_add_address(formula, sheet->first_row + first, column, fixed);
    fab_buffer_print(formula, "%s)", rule->when.text);
    if (formula->failed)
        return;
    lxw_conditional_format format = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                     .value_string = formula->text,
                                     .format = fab_style_rule(&writer->styles, (enum fab_rule_style)rule->style),
                                     .stop_if_true = LXW_TRUE};
    fab_xlsx_note(writer, worksheet_conditional_format_range(writer->worksheet, (lxw_row_t)(sheet->first_row + first), (lxw_col_t)column,
                                                             (lxw_row_t)(sheet->first_row + last), (lxw_col_t)end, &format));
}

/* The last row of the run of rows of the rule's style that begins at `row`; before it: there is none. */
static int end_of_run(const struct fab_sheet *sheet, const struct fab_report_rule *rule, int row)
{
    int last = row;
    while (last < fab_sheet_rows(sheet) && strcmp(fab_sheet_row_style(sheet, last), rule->rows.text) == 0)
        last++;
    return last - 1;
}

fab_status fab_xlsx_add_rule(struct fab_xlsx_writer *writer, const struct fab_report_rule *rule)
{
    const struct fab_sheet *sheet = writer->sheet;
    int rows = fab_sheet_rows(sheet);
    fab_status status = fab_condition_check(writer->book->context, sheet, rule);
    if (status != FAB_OK)
        return status;
    if (rows && !rule->rows.text)
        add_range(writer, rule, 0, rows - 1);
    for (int row = 0; rule->rows.text && row < rows; row++) {
        int last = end_of_run(sheet, rule, row);
        if (last < row)
            continue;
        add_range(writer, rule, row, last);
        row = last;
    }
    return writer->formula.failed ? fab_fail_memory(writer->book->context) : FAB_OK;
}
