/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep.h"

#include <math.h>

double fab_upkeep_lost_share(const struct fab_tool_down *cause)
{
    return isnan(cause->hours_between) ? 0 : cause->hours / (cause->hours_between + cause->hours);
}

double fab_upkeep_availability(const fab_model *model, int tool_group)
{
    double availability = model->tool_group[tool_group].availability, lost = 0;
    if (!isnan(availability))
        return availability;
    for (int r = 0; r < model->tool_down_count; r++)
        if (model->tool_down[r].tool_group == tool_group)
            lost += fab_upkeep_lost_share(&model->tool_down[r]);
    return 1 - lost;
}

double fab_upkeep_minutes_per_unit(const fab_model *model, int tool_group)
{
    double minutes = 0;
    for (int r = 0; r < model->tool_down_count; r++)
        if (model->tool_down[r].tool_group == tool_group && !isnan(model->tool_down[r].units_between))
            minutes += 60 * model->tool_down[r].hours / model->tool_down[r].units_between;
    return minutes;
}
