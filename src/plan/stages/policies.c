/* The table of policies and their stages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stages.h"

#include "weigh.h"

#include <string.h>

static const struct fab_stage money = {
    .name = "money", .objective = "profit", .unit = "USD", .weigh = fab_weigh_money, .keep = FAB_KEEP_FACE, .money = true};
static const struct fab_stage ties = {.name = "ties", .objective = "earliest shipments, work in process that goes on soonest, least movement (stock, substitutes, offloading, orders)", .unit = "unit periods", .weigh = fab_weigh_ties, .optional = true};

static const struct fab_stage *const profit_stages[] = {&money, &ties};

#define STAGES(list) list, (int)(sizeof list / sizeof *list)

const struct fab_policy fab_policies[] = {
    {"profit", "the most profit, less the penalties of the model", STAGES(profit_stages)},
};
const int fab_policies_count = (int)(sizeof fab_policies / sizeof *fab_policies);

const struct fab_policy *fab_policy_find(const char *name)
{
    for (int p = 0; p < fab_policies_count; p++)
        if (strcmp(fab_policies[p].name, name) == 0)
            return &fab_policies[p];
    return NULL;
}
