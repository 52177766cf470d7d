/* A folder of report definitions and the rows of their SELECTs, without a database: the book `fuzz` with a series (series.report, over the
 * axis two.report), a list (items.report) and a list of keys (keys.report); fuzz.sql is there for a definition fuzz.report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FUZZ_REPORTS_H
#define FAB_FUZZ_REPORTS_H

#include "source.h"

/* Writes the folder once. Rows come by the origin of their SELECT; FAB_INPUT for another one. */
struct fab_book_source fuzz_reports_source(fab_context *context);

#endif
