/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "occupancy.h"

#include "upkeep.h"

#include <math.h>

/* What is not given takes no time. */
static double shared(double minutes, double units)
{
    return isnan(minutes) || minutes == 0 ? 0 : minutes / units;
}

static double per_unit(const struct fab_route_step *step)
{
    if (!isnan(step->interval_minutes_per_unit))
        return step->interval_minutes_per_unit;
    return isnan(step->minutes_per_unit) ? 0 : step->minutes_per_unit;
}

struct fab_occupancy fab_occupancy_of(const fab_model *model, const struct fab_route_step *step)
{
    struct fab_occupancy occupancy = {
        .part = {[FAB_PART_PROCESS] = per_unit(step),
                 [FAB_PART_LOT] = shared(step->minutes_per_lot, model->route[step->route].lot_size),
                 [FAB_PART_BATCH] = shared(step->minutes_per_batch, step->batch_max * step->batch_fill),
                 [FAB_PART_SETUP] = shared(step->setup_minutes, step->units_per_setup),
                 [FAB_PART_LEAD] = shared(step->lead_minutes, step->units_per_train),
                 [FAB_PART_MAINTENANCE] = fab_upkeep_minutes_per_unit(model, step->tool_group)}};
    occupancy.unfilled = occupancy.part[FAB_PART_BATCH] * (1 - step->batch_fill);
    for (int p = 0; p < FAB_PART_COUNT; p++)
        occupancy.minutes += occupancy.part[p];
    return occupancy;
}
