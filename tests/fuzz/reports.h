/* A folder of report definitions and the rows of their SELECTs, without a database: the book `fuzz` with a series (series.report, over the
 * axis two.report), a list (items.report) and a list of keys (keys.report); fuzz.sql is there for a definition fuzz.report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FUZZ_REPORTS_H
#define FAB_FUZZ_REPORTS_H

#include "report.h"

/* Writes the folder once; its path. */
const char *fuzz_reports_folder(void);

/* Gives the rows by the origin; FAB_INPUT for another one. user: the context. */
fab_status fuzz_reports_select(void *user, const char *sql, const char *origin, fab_table **result);

#endif
