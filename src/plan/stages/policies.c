/* The table of policies and their stages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"
#include "stages.h"
#include "weigh.h"

#include <string.h>

static const struct fab_stage money = {
    .name = "money", .objective = "profit", .unit = "USD", .weigh = fab_weigh_money, .keep = FAB_KEEP_FACE, .money = true};
static const struct fab_stage ties = {.name = "ties", .objective = "earliest shipments, work in process that goes on soonest, least movement (stock, substitutes, offloading, orders)", .unit = "unit periods", .weigh = fab_weigh_ties, .optional = true};

/* Left out when nothing is given for it. */
static const struct fab_stage calm = {.name = "calm", .run = fab_run_calm};

/* What a policy is measured against, and what every policy but `profit` does first. */
static const struct fab_stage profit = {.name = "profit", .run = fab_run_profit}, promises = {.name = "promises", .run = fab_run_promises};
static const struct fab_stage ranks = {.name = "priority", .run = fab_run_ranks}, rounds = {.name = "fair", .run = fab_run_fair};
static const struct fab_stage parts = {.name = "entitlement", .run = fab_run_entitlement};

static const struct fab_stage *const profit_stages[] = {&money, &calm, &ties};
static const struct fab_stage *const priority_stages[] = {&profit, &promises, &ranks, &money, &calm, &ties};
static const struct fab_stage *const fair_stages[] = {&profit, &promises, &rounds, &money, &calm, &ties};

static const struct fab_stage *const entitlement_stages[] = {&profit, &promises, &parts, &money, &calm, &ties};

#define STAGES(list) list, (int)(sizeof list / sizeof *list)

const struct fab_policy fab_policies[] = {
    {"profit", "the most profit, less the penalties of the model", STAGES(profit_stages)},
    {"priority", "customers by rank: what one gets is kept before the next is served", STAGES(priority_stages)},
    {"fair", "the least share of what a customer wants as large as it can be, then the next", STAGES(fair_stages)},
    {"entitlement", "nobody below what its part of everything would give it alone", STAGES(entitlement_stages)},
};
const int fab_policies_count = (int)(sizeof fab_policies / sizeof *fab_policies);

const struct fab_policy *fab_policy_find(const char *name)
{
    for (int p = 0; p < fab_policies_count; p++)
        if (strcmp(fab_policies[p].name, name) == 0)
            return &fab_policies[p];
    return NULL;
}
