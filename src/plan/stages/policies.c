/* The table of policies and their stages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"
#include "stages.h"
#include "weigh.h"

#include <string.h>

static const struct fab_stage money = {
    .name = "money", .objective = "profit", .unit = "USD", .weigh = fab_weigh_money, .keep = FAB_KEEP_FACE, .money = true};
static const struct fab_stage ties = {.name = "ties", .objective = "earliest shipments, work in process that goes on soonest, least movement (stock, substitutes, offloading, orders)", .unit = "unit periods", .weigh = fab_weigh_ties, .optional = true};

static const struct fab_stage calm = {.name = "calm", .run = fab_run_calm};

/* What a policy is measured against, and what every policy but `profit` does first. */
static const struct fab_stage profit = {.name = "profit", .run = fab_run_profit}, promises = {.name = "promises", .run = fab_run_promises};
static const struct fab_stage ranks = {.name = "priority", .run = fab_run_ranks}, rounds = {.name = "fair", .run = fab_run_fair};
static const struct fab_stage parts = {.name = "entitlement", .run = fab_run_entitlement};

static const struct fab_stage file = {.name = "stages", .run = fab_run_file}, capital = {.name = "capital", .run = fab_run_capital};

const struct fab_policy fab_policies[] = {
    {"profit", "the most profit, less the penalties of the model", NULL, false},
    {"priority", "customers by rank: what one gets is kept before the next is served", &ranks, true},
    {"fair", "the least share of what a customer wants as large as it can be, then the next", &rounds, true},
    {"entitlement", "nobody below what its part of everything would give it alone", &parts, true},
    {"stages", "the stages of a list, one after the other", &file, false},
};
const int fab_policies_count = (int)(sizeof fab_policies / sizeof *fab_policies);

const struct fab_policy *fab_policy_find(const char *name)
{
    for (int p = 0; p < fab_policies_count; p++)
        if (strcmp(fab_policies[p].name, name) == 0)
            return &fab_policies[p];
    return NULL;
}

static bool is_measured(const struct fab_policy *policy, const struct fab_stages_asked *asked)
{
    return policy->own || asked->capital;
}

bool fab_policy_begins_with_money(const struct fab_policy *policy, const struct fab_stages_asked *asked)
{
    return !is_measured(policy, asked);
}

static void add(struct fab_stage_list *list, const struct fab_stage *stage, bool asked)
{
    if (asked)
        list->stage[list->count++] = stage;
}

struct fab_stage_list fab_policy_list(const struct fab_policy *policy, const struct fab_stages_asked *asked)
{
    struct fab_stage_list list = {.count = 0};
    add(&list, &profit, is_measured(policy, asked));
    add(&list, &promises, policy->promises);
    add(&list, policy->own, policy->own != NULL);
    add(&list, &capital, asked->capital);
    add(&list, &money, true);
    add(&list, &calm, asked->calm > 0);
    add(&list, &ties, !asked->untied);
    return list;
}
