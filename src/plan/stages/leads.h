/* What leads where: through bills, outputs and substitutes to the orders of which customers. Dates do not count.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LEADS_H
#define FAB_LEADS_H

#include "terms.h"

/* [count x customers] each: does it lead to an order of the customer? */
struct fab_leads {
    int customers;
    bool *item, *source, *tool_group, *line, *site;
    bool *budget; /* [customers]: the tools that can be bought */
};

/* Takes the lists from an arena; false when memory is short. O(customers x (bills + sources + steps) x depth). */
bool fab_leads_find(const fab_terms *terms, fab_arena *arena, struct fab_leads *leads);

/* Part of a limit that a customer has: 1 of what leads to its orders only, 0 of what leads to those of one other only, else its share. row: that of the thing in one of the lists. */
double fab_leads_part(const struct fab_leads *leads, const bool *row, int customer, double share);

/* True when it leads to the orders of this customer only. */
bool fab_leads_alone(const struct fab_leads *leads, const bool *row, int customer);

#endif
