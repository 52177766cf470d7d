/* Conditional formats: formula rules only, because the library writes the others wrongly (several columns, top ten).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include <string.h>

#include "address.h"
#include "condition.h"

fab_status fab_xlsx_add_rule(struct fab_xlsx_writer *writer, const struct fab_report_rule *rule)
{
    const struct fab_sheet *sheet = writer->sheet;
    struct fab_buffer *formula = &writer->formula;
    int column = fab_sheet_find_column(sheet, rule->column.text);
    fab_status status = fab_condition_check(writer->book->context, sheet, rule);
    if (status != FAB_OK)
        return status;
    int rows = fab_sheet_rows(sheet), first = sheet->axis ? FAB_SERIES_FIRST : column;
    if (!rows)
        return FAB_OK;
    fab_buffer_clear(formula);
    fab_buffer_add(formula, "=", 1);
    if (sheet->axis) {
        const char *measure = sheet->columns[column].definition->header.text;
        fab_buffer_add(formula, "(", 1);
        fab_add_address(formula, sheet->first_row, FAB_SERIES_MEASURE, FAB_FIXED_COLUMN);
        fab_buffer_print(formula, "=\"%s\")*", measure ? measure : rule->column.text);
    }
    fab_buffer_add(formula, "(", 1);
    fab_add_address(formula, sheet->first_row, first, sheet->axis ? 0 : FAB_FIXED_COLUMN);
    fab_buffer_print(formula, "<>\"\")*(");
    fab_add_address(formula, sheet->first_row, first, sheet->axis ? 0 : FAB_FIXED_COLUMN);
    fab_buffer_print(formula, "%s)", rule->when.text);
    if (formula->failed)
        return fab_fail_memory(writer->book->context);
    lxw_conditional_format format = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                     .value_string = formula->text,
                                     .format = fab_style_rule(&writer->styles, (enum fab_rule_style)rule->style),
                                     .stop_if_true = LXW_TRUE};
    lxw_col_t last = (lxw_col_t)(sheet->axis ? fab_sheet_columns(sheet) - 1 : column);
    fab_xlsx_note(writer, worksheet_conditional_format_range(writer->worksheet, (lxw_row_t)sheet->first_row, (lxw_col_t)first,
                                                             (lxw_row_t)(sheet->first_row + rows - 1), last, &format));
    return FAB_OK;
}
