/* A lot on its way, and the rows that it leaves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SIM_LOT_H
#define FAB_SIM_LOT_H

#include "sim.h"

enum { SIM_WAFER_NAME_SIZE = SIM_NAME_SIZE + 16 };

/* Where the steps of a family of lots lie in its cycle time, as fractions 0..1. */
struct sim_timeline {
    double *in, *out; /* [step_count] move_in, move_out */
    int hold_step;    /* FAB_NONE: none */
    double hold_from, hold_to;
};

/* A lot's clock: the fraction f of the cycle time is at time + (f - fraction) x seconds. */
struct sim_clock {
    double time, fraction, seconds;
};

struct sim_lot {
    char name[SIM_NAME_SIZE];
    const struct sim_lot *parent;
    int seq, wafers, children, depth;
    int *wafer; /* [wafers] places in the family */
    struct sim_clock clock;
    int64_t last; /* time of the last event */
};

/* A lot and what was split off it: the wafers of one start. */
struct sim_family {
    struct sim *sim;
    struct sim_source *source;
    fab_random random;
    struct sim_timeline timeline;
    char root[SIM_NAME_SIZE];
    int64_t start, due;
    bool hot;
    const char *customer;
    bool *excursion; /* [lot_size] by wafer */
    double hazard;   /* -ln line yield of the start's day */
    double split_chance;
};

/* When a lot is at a fraction of its cycle time, and the other way round (at most 1). */
int64_t sim_time_at(const struct sim_lot *lot, double fraction);
double sim_fraction_at(const struct sim_lot *lot, int64_t time);

/* A row of lot_event, no earlier than the lot's last one, for the lot's wafers of now; step is a place in the route, FAB_NONE for none. A
 * change has a reason (or NULL) and the wafers before it, a move a tool (or NULL). */
void sim_write_change(struct sim_family *family, struct sim_lot *lot, int64_t time, const char *what, int step, int before,
                      const char *reason);
void sim_write_move(struct sim_family *family, struct sim_lot *lot, int64_t time, const char *what, int step, const char *tool);

/* The row of a lot and those of its wafers; progress below 0: none. */
void sim_write_lot(struct sim_family *family, const struct sim_lot *lot, const char *status, double progress);

const char *sim_name_wafer(const struct sim_family *family, int wafer, char name[SIM_WAFER_NAME_SIZE]);

#endif
