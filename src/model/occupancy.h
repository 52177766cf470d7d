/* How long a unit occupies a tool in one visit of a step, and with what (language.md "Tools as they are").
 *
 * Minutes = (interval_minutes_per_unit if given, else minutes_per_unit, else 0) + minutes_per_lot / lot_size + minutes_per_batch / (batch_max batch_fill) + setup_minutes / units_per_setup
 * + lead_minutes / units_per_train + upkeep of the group by units. A pure function of the model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_OCCUPANCY_H
#define FAB_OCCUPANCY_H

#include "model.h"

/* What a tool hour of a step is spent on (language.md "Tools as they are"). Rework: all of the hours of repeated passes but upkeep by units, which is maintenance. */
typedef enum fab_load_part {
    FAB_PART_PROCESS,
    FAB_PART_LOT,
    FAB_PART_BATCH,
    FAB_PART_SETUP,
    FAB_PART_LEAD,
    FAB_PART_REWORK,
    FAB_PART_MAINTENANCE,
    FAB_PART_COUNT
} fab_load_part;

struct fab_occupancy {
    double minutes;               /* the sum of the parts */
    double part[FAB_PART_COUNT];  /* minutes; rework: 0, for it is passes and no part of one */
    double unfilled;              /* of the batch's minutes those that full batches would not take */
};

/* Of a row of route_step. O(causes of stops). */
struct fab_occupancy fab_occupancy_of(const fab_model *model, const struct fab_route_step *step);

#endif
