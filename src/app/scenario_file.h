/* The CSV files of scenarios: changes, and the list of scenarios of a folder (data-dictionary.md "Changes").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SCENARIO_FILE_H
#define FAB_SCENARIO_FILE_H

#include "cell.h"
#include "change.h"

#include <fabplan/context.h>

/* Columns of a file, and one of its rows: a cell for each column. */
struct fab_scenario_row {
    const char *file;
    int64_t line;
    const struct fab_cell *cell; /* [column_count]; texts live until the sink returns */
    const int *place;            /* [column_count]: character of the line, 0: not in the file */
};

/* Takes a row. A text for `problem` is a finding about the row's column `*column`. */
typedef fab_status fab_scenario_sink(void *user, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE]);

/* Reads a file against its columns (struct fab_column; `basis` and `note` are no unknown names) and gives its good rows to the sink. Everything that is wrong goes to
 * the context as a finding "FILE:LINE:COLUMN: ..."; *findings counts them. FAB_INPUT when the file cannot be read. O(bytes). */
fab_status fab_scenario_read_file(fab_context *context, const char *path, const struct fab_column columns[], int column_count, fab_scenario_sink *sink, void *user,
                                  int *findings);

/* The columns of a file of changes, in the order of enum fab_change_field. */
extern const struct fab_column fab_scenario_change_columns[FAB_CHANGE_FIELD_COUNT];

#endif
