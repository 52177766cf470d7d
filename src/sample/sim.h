/* The simulated fab: what stays the same while lots are drawn.
 *
 * Times are seconds since 1970-01-01T00:00:00 of the fab's own clock. Names that go into files are CSV fields (table_file.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SIM_H
#define FAB_SIM_H

#include <stdio.h>

#include "history_options.h"
#include "model.h"
#include "random.h"
#include "table_file.h"
#include "yield.h"

/* Bins 1..9 are good, 10..17 fail at sort, 19 at final test. */
enum {
    SIM_GOOD_BINS = 9,
    SIM_FIRST_FAIL_BIN = 10,
    SIM_FAIL_BINS = 8,
    SIM_FINAL_FAIL_BIN = 19,
    SIM_SECONDS_A_DAY = 86400,
    SIM_NAME_SIZE = 48
};

#define SIM_DAYS_A_MONTH (365.25 / 12)

/* Streams of random numbers: one for each kind of thing that is drawn; of lots SIM_LOTS + number of the source. */
enum { SIM_STREAM_STARTS = 1, SIM_STREAM_TOOLS, SIM_STREAM_EXCURSION, SIM_STREAM_LOADING, SIM_STREAM_LOTS = 1000 };

/* Share of the scrap hazard that takes whole lots. */
#define SIM_LOT_SCRAP_SHARE 0.1

enum sim_file { SIM_LOT, SIM_WAFER, SIM_LOT_EVENT, SIM_BIN, SIM_WAFER_TEST, SIM_WAFER_BIN, SIM_DIE_MAP, SIM_TOOL_EVENT, SIM_FILES };

/* Where the die lie: what a die map is drawn on. */
struct sim_layout {
    int count;         /* die; 0: no map */
    int *place;        /* [count] position in the text of the map */
    float *x, *y;      /* [count] mm from the centre */
    float *edge;       /* [count] distance from the centre over that of the outermost die, 0..1 */
    const char *blank; /* the map without die, rows separated by / */
    size_t length;
};

struct sim_step {
    int step, tool_group;
    double hours;        /* of tools, for one wafer */
    double hazard_share; /* of the line yield's -ln that falls on the step */
    double rework;       /* probability that a lot repeats the step */
    const struct fab_route_step *row;
    struct sim_batches *batches;     /* NULL: lots are loaded one by one */
    struct sim_campaigns *campaigns; /* NULL: no setups */
};

struct sim_bin {
    int bin;
    double share; /* of the good die */
};

enum sim_mixing { SIM_NONE, SIM_GAMMA, SIM_TRIANGLE };

/* What came of a source: the truth that an estimate should find. */
struct sim_tally {
    int64_t lots, started_wafers, scrapped_wafers, shipped_lots, shipped_wafers, sorted_wafers, tested, good, excursion_wafers;
    double cycle_days; /* sum over shipped lots that never were split off */
};

struct sim_source {
    const struct fab_source *row;
    const struct fab_process *process;
    const char *id;
    int number; /* 1.. in the names of its lots */
    struct sim_step *step;
    int step_count;
    double hours; /* of tools, for one wafer through all steps */
    int lot_size, gross_die, repairable;
    double *rate; /* [days of the capacity]: wafers started a month */
    double wafers_per_month, area_cm2, systematic_yield; /* wafers_per_month: mean of the window */
    int32_t learning_start; /* day number */
    enum sim_mixing mixing;
    double alpha;
    double defect_layers; /* D0 of the process is per this many: 1, or the critical layers of Bose-Einstein */
    struct sim_bin *good_bin;
    int good_bins;
    const char **customer; /* who wants its units, [customers] */
    int customers;
    struct sim_layout layout;
    struct sim_tally tally;
};

struct sim_tools {
    const char *id;
    const char **tool; /* [count]; NULL: no source uses the group */
    int count; /* the most that are installed at a time */
    double down_days, off_days, total_days; /* of the written events */
    struct sim_taken_tools *taken; /* by campaigns; NULL: no step has a setup */
};

/* Hours of the installed tools (sim_capacity.h). */
struct sim_capacity {
    int *first_count; /* [tool_group_count]: first row of tool_count, the number of rows where there is none */
    int32_t first_day, end_day;
    int32_t *begin;   /* [count + 1]: first days of the stretches, then end_day */
    int count;
    double *left;     /* [tool_group_count x count]: hours that are not taken */
};

/* A tool that is bad for two weeks. */
struct sim_excursion {
    int tool_group, tool; /* tool_group FAB_NONE: none */
    int64_t from, to;
    double factor; /* of D0 */
    int64_t lots;
};

struct sim {
    fab_context *context;
    const fab_model *model;
    fab_arena *arena;
    struct fab_history_options options; /* with the defaults filled in */
    int64_t begin, end;
    const char *basis;
    fab_table_file file[SIM_FILES];
    FILE *truth;
    struct sim_source *source;
    int source_count;
    struct sim_tools *tools; /* [tool_group_count] */
    struct sim_capacity capacity;
    struct sim_excursion excursion;
    char *map; /* scratch for the largest map, and for the keys of its die */
    float *key, *key_order;
    int64_t lots;
    fab_status status; /* of a failed allocation among the lots */
};

/* Sources, tools, rates and bins of the model. FAB_INPUT when there is nothing to simulate. */
fab_status sim_prepare(struct sim *sim);

/* Days from start to ship that the plan has for starts of a day. */
double sim_cycle_days(const struct sim *sim, const struct sim_source *source, int32_t day);

/* Fraction of wafers that live through the line, and D0 of the die's area model, of a day. */
double sim_line_yield(const struct sim_source *source, int32_t day);
double sim_defects_per_die(const struct sim_source *source, int32_t day);

/* Place, from 0, of an output among the items that an item is sorted into; for output = item_count how many there are. */
int sim_output_rank(const fab_model *model, int item, int output);

/* Positions for a die map of exactly gross_die die; count 0 when there is no geometry, it holds fewer die, or the map would be too long.
 * False when memory is short. */
bool sim_layout_init(fab_arena *arena, const struct fab_die *die, int gross_die, struct sim_layout *layout);

/* All lots of a source. */
fab_status sim_run_source(struct sim *sim, struct sim_source *source);

/* A wafer that has come out of the line. */
struct sim_wafer {
    const char *name;
    int slot;
    bool excursion;
};

/* What the wafers of a lot have in common when they come to the test. */
struct sim_lot_test {
    const struct sim_source *source;
    int64_t out;     /* process-out */
    double defects;  /* mean defects per die on that day */
    double clusters; /* X: the lot's own part of the clustering, or a uniform of Murphy's triangle */
};

struct sim_lot_test sim_lot_test_of(struct sim *sim, const struct sim_source *source, fab_random *random, int64_t out);

/* Tests of a wafer: rows of wafer_test, wafer_bin, die_map. */
void sim_test_wafer(struct sim *sim, struct sim_source *source, const struct sim_lot_test *lot, const struct sim_wafer *wafer,
                    fab_random *random);

/* Rows of `bin`. */
void sim_write_bins(struct sim *sim);

/* Rows of `tool_event`. FAB_INTERRUPTED. */
fab_status sim_run_tools(struct sim *sim);

/* Chooses the bad tool: of the line with most wafers, in the middle of a route, in a group of few tools but more than one if there is one.
 */
void sim_choose_excursion(struct sim *sim);

#endif
