/* Conditional formats.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RULES_H
#define FAB_RULES_H

#include "writer.h"

/* One conditional format over a column of a list, over the rows of a measure of a series. FAB_INPUT with file:line. */
fab_status fab_xlsx_add_rule(struct fab_xlsx_writer *writer, const struct fab_report_rule *rule);

#endif
