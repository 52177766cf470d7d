/* A fab of any size, drawn from a seed: what the phases of fab_synth_write share.
 *
 * Everything is counted in whole numbers, so that the same seed gives the same bytes on every machine: milli-units and milli-starts a
 * week, ppm, cents, tenths of a millimetre, ten-thousandths of a minute. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SYNTH_H
#define FAB_SYNTH_H

#include <fabplan/context.h>

#include "arena.h"
#include "random.h"
#include "synth_row.h"

enum { SYNTH_MILLI = 1000, SYNTH_PPM = 1000000, SYNTH_WEEK = 7, SYNTH_NONE = -1, SYNTH_BINS = 3, SYNTH_STACKS = 12 };

/* Streams of random numbers: a phase draws from its own, so that what another one takes does not count. */
enum synth_stream { SYNTH_STREAM_FAMILY = 101, SYNTH_STREAM_STACK, SYNTH_STREAM_PART, SYNTH_STREAM_SOURCE, SYNTH_STREAM_ORDER, SYNTH_STREAM_WEEK, SYNTH_STREAM_GROUP, SYNTH_STREAM_ROUTE, SYNTH_STREAM_AREA, SYNTH_STREAM_PROCESS };

enum synth_line { SYNTH_LOGIC, SYNTH_MEMORY, SYNTH_PACKAGING, SYNTH_OWN, SYNTH_FOUNDRY = SYNTH_OWN, SYNTH_OSAT, SYNTH_SUPPLY, SYNTH_LINES };

/* A kind of tool: what a visit takes, and what a tool costs. */
struct synth_area {
    const char *id, *name;
    int visits_low, visits_high;
    int minutes_low, minutes_high; /* of a visit, 1e-4 min */
    int price_musd, power_kw, floor_m2;
    int availability, sample; /* per mille */
    int from, to;             /* part of the cycle time in which it is visited, per mille */
};

struct synth_group {
    const char *id, *name;
    enum synth_line line;
    const struct synth_area *area;
    int64_t tools;
    int availability, utilisation, wanted; /* per mille; wanted: load that the demand shall be */
    bool bottleneck, buyable;
    int lead_days, price_musd;
};

struct synth_step {
    int route, group, visits;
    int64_t minutes; /* 1e-4 min */
    int from, to;    /* per mille of the cycle time; SYNTH_NONE: the step's place */
    int sample, rework; /* per mille */
};

struct synth_route {
    const char *id, *name;
    enum synth_line line;
    int days, lot_size;
    int height;     /* dies that are stacked, 1 */
    int64_t starts; /* milli-starts a week that the demand takes */
};

struct synth_process {
    const char *id;
    int alpha, d0_start, d0_mature; /* 1e-3 defects per cm2 */
    int learning_start;             /* day number */
    int halflife, systematic, line_start, line_mature; /* days, per mille */
};

enum synth_kind { SYNTH_CHIP, SYNTH_STACK, SYNTH_BIN, SYNTH_DIE, SYNTH_PART };

struct synth_item {
    const char *id, *name;
    enum synth_kind kind;
    int64_t need, own_need; /* milli-units a week, of the mean week; own_need: what outside cannot deliver */
    int64_t cents, direct_cents; /* whole cost of a unit; of a start of its own source */
    int width, height;      /* of a die, 1e-1 mm; 0: none */
    int process, unit_yield; /* of dies; of what is packaged, per mille */
    int64_t gross;          /* units of a start */
    int watts, lead_days;   /* lead of its first source */
    int bins, first_bin;    /* of a die before binning */
    int share[SYNTH_BINS];  /* of the bins, per mille */
};

struct synth_bom {
    int item, component, quantity;
};

struct synth_source {
    const char *id, *supplier, *region;
    int item, route, lead_days; /* route SYNTH_NONE: bought */
    enum synth_line line;
    bool consumes;
    int outside;               /* of what is bought: share of the need, per mille */
    int64_t maximum, minimum;  /* starts a week; maximum 0: own */
    int64_t cents;             /* of a start */
};

/* Chips of one die. */
struct synth_family {
    enum synth_class { SYNTH_TRAINING, SYNTH_EDGE, SYNTH_SPACE, SYNTH_CLASSES } class;
    const char *id;
    int first_chip, chips, dies, die; /* dies in a chip; its item */
    int stack, stacks;          /* which, how many; SYNTH_NONE */
    int64_t wafers;             /* a week */
};

/* What a customer orders of a chip, week by week. */
struct synth_account {
    int customer, chip;
    bool upside;                      /* the second tier: more, at a lower price, without a promise */
    int64_t base;                     /* units in a mean week */
    int64_t cents, shortage_cents, late_cents;
    int max_late_days;
};

struct synth_options {
    int products, periods, tool_groups, load; /* load in per mille of the tool hours */
    uint64_t seed;
};

struct synth {
    fab_context *context;
    fab_arena *arena;
    struct synth_options options;
    int32_t start; /* day number of the first week */
    struct synth_group *group;
    struct synth_route *route;
    struct synth_step *step;
    struct synth_process *process;
    struct synth_item *item;
    struct synth_bom *bom;
    struct synth_source *source;
    struct synth_family *family;
    struct synth_account *account;
    int groups, first_group[SYNTH_OWN + 1], routes, steps, processes, items, boms, sources, families, accounts;
    int stacks[SYNTH_STACKS], stack_count;
    struct synth_rows rows;
    bool short_of_memory;
};

/* Uniform whole number in [low, high]. */
int synth_draw(fab_random *random, int low, int high);

/* A name in the arena; "" when memory is short, and short_of_memory is set. */
const char *synth_name(struct synth *synth, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- the phases, in this order; the arrays have room for all that the options can make ---- */

void synth_make_groups(struct synth *synth);    /* synth_groups.c */
void synth_make_items(struct synth *synth);     /* synth_items.c: families, chips, dies, memory, parts, bills */
void synth_make_sources(struct synth *synth);   /* synth_sources.c: sources, routes */
void synth_make_steps(struct synth *synth);     /* synth_routes.c */
void synth_make_costs(struct synth *synth);     /* synth_cost.c: of units and starts, from the bills upwards */
void synth_make_accounts(struct synth *synth);  /* synth_orders.c */
void synth_balance(struct synth *synth);        /* synth_load.c: needs, contracts, tools, minutes */
void synth_write_network(struct synth *synth);  /* synth_network.c: sites, lines, tools, routes, limits */
void synth_write_material(struct synth *synth); /* synth_material.c: items, yields, sources */
void synth_write_orders(struct synth *synth);   /* synth_orders.c */

/* ---- figures ---- */

/* Tools and areas of an own line. */
const struct synth_area *synth_areas(enum synth_line line, int *count);

/* Names of lines, in the order of enum synth_line. */
const char *synth_line_id(enum synth_line line);

/* Units ordered of an account in the week; the same whenever it is asked. */
int64_t synth_ordered(const struct synth *synth, int account, int week);

/* Good units of a unit begun on a day, ppm: line yield x unit yield of the item's own source. */
int64_t synth_yield(const struct synth *synth, const struct synth_item *item, int32_t day);

/* The first day of a week of the plan, and its name (ISO 8601: 2027-W01). */
int32_t synth_week(const struct synth *synth, int week);
const char *synth_week_name(struct synth *synth, int week);

#endif
