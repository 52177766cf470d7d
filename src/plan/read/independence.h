/* How much of what a plan ships does not depend on others (data-dictionary.md "Independence").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INDEPENDENCE_H
#define FAB_INDEPENDENCE_H

#include "layers.h"
#include "plan.h"

struct fab_independence {
    int period_count;      /* T of the terms; figures are of the horizon's periods */
    const fab_layer_kind *kind; /* [item_count], of the terms */
    double *own;           /* [item x T] o: own part of what arrived in the period, else of what arrived last; NAN: nothing has arrived yet */
    double *shipped;       /* [item x T] units */
};

/* Computes it of a plan; false when memory is short. O(nonzeros of BAL + items x T). */
bool fab_independence_make(const fab_plan *plan, struct fab_independence *independence);
void fab_independence_free(struct fab_independence *independence);

/* The own share of a layer (its row) in a period: of LO, ME and PK computed, of others from layer_share. NAN: no data. O(bills, or keys x sources). */
double fab_independence_share(const fab_plan *plan, const struct fab_independence *independence, int layer, int period);

/* Units of a chip that are own in every layer of its bill: shipped x the least o of the chip and of the dies and memories in it; NAN where an o is not known. O(bills). */
double fab_independence_own_units(const fab_plan *plan, const struct fab_independence *independence, int item, int period);

/* Whether a layer has data: a computed one, or one with rows in layer_share. */
bool fab_independence_has_data(const fab_model *model, int layer);

#endif
