/* The file of a sweep: runs, grids and draws (command-line.md, "sweep FILE").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_FILE_H
#define FAB_SWEEP_FILE_H

#include "arena.h"
#include "scenario_file.h"

typedef enum fab_sweep_kind { FAB_SWEEP_RUN, FAB_SWEEP_GRID, FAB_SWEEP_DRAW } fab_sweep_kind;
typedef enum fab_sweep_what { FAB_SWEEP_YIELD, FAB_SWEEP_DEMAND, FAB_SWEEP_DELIVERY } fab_sweep_what;
typedef enum fab_sweep_law { FAB_SWEEP_NORMAL, FAB_SWEEP_LOGNORMAL, FAB_SWEEP_UNIFORM } fab_sweep_law;

/* The columns of the file, in their order there. */
enum {
    FAB_SWEEP_KIND, FAB_SWEEP_NAME, FAB_SWEEP_WEIGHT, FAB_SWEEP_SCENARIOS, FAB_SWEEP_TABLE, FAB_SWEEP_KEY, FAB_SWEEP_COLUMN, FAB_SWEEP_OPERATION, FAB_SWEEP_VALUES,
    FAB_SWEEP_WHAT, FAB_SWEEP_LAW, FAB_SWEEP_P1, FAB_SWEEP_P2, FAB_SWEEP_COLUMNS
};

/* A row. Texts are "" where the cell is empty. */
struct fab_sweep_row {
    fab_sweep_kind kind;
    const char *name;
    double weight;                                              /* 1 where the cell is empty */
    const char *scenarios;                                      /* "A,B" */
    const char *table, *key, *column, *operation, *values;      /* of a change; operation "": there is none */
    fab_sweep_what what;                                        /* of a draw, as law, p1 and p2 */
    fab_sweep_law law;
    double p1, p2;                                              /* mean and standard deviation of the figure itself; uniform: low and high */
    int64_t line;
    int place[FAB_SWEEP_COLUMNS]; /* character of the line, 0: not in the file */
};

struct fab_sweep_file {
    fab_arena *arena; /* owns the texts */
    const char *path;
    struct fab_sweep_row *row;
    int count, capacity;
};

/* Reads a file; what is wrong with it goes to the context as findings FILE:LINE:COLUMN, and then the status is FAB_INPUT, as it is when it cannot be read. fab_sweep_file_free. O(bytes). */
fab_status fab_sweep_file_read(fab_context *context, const char *path, struct fab_sweep_file **file);
void fab_sweep_file_free(struct fab_sweep_file *file);

/* Number of rows of a kind. O(rows). */
int fab_sweep_file_rows(const struct fab_sweep_file *file, fab_sweep_kind kind);

#endif
