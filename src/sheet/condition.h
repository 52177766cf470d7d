/* The conditions of formats: an operator and a number or a "text".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONDITION_H
#define FAB_CONDITION_H

#include <fabplan/context.h>

#include "grid.h"

/* FAB_INPUT with file:line when the rule names no columns of the sheet (in their order) or its condition is none: nothing else gets into a formula. */
fab_status fab_condition_check(fab_context *context, const struct fab_sheet *sheet, const struct fab_report_rule *rule);

/* The last column of the grid that a rule is about; before the first one: none (a page leaves out empty columns). */
int fab_rule_last_column(const struct fab_sheet *sheet, const struct fab_report_rule *rule);

/* Whether a rule that has been checked is about a cell of the grid. */
bool fab_rule_covers(const struct fab_sheet *sheet, const struct fab_report_rule *rule, int row, int column);

/* Whether a value meets a condition that has been checked. An empty one meets none; texts are compared as a spreadsheet does, without regard to case (of ASCII letters). */
bool fab_condition_holds(const char *when, const fab_value *value);

#endif
