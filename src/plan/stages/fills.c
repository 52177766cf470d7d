/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fills.h"

#include "kept.h"
#include "served.h"
#include "try.h"

fab_status fab_fills_add(fab_context *context, fab_program *program, const struct fab_stages_asked *asked)
{
    fab_status status = FAB_OK;
    for (int f = 0; f < asked->fill_count; f++) {
        int customer = asked->fill[f].customer;
        double whole = fab_served_whole(program, customer);
        if (whole > 0)
            TRY(fab_kept_add(context, program, &(struct fab_kept){.kind = FAB_KEPT_SERVED, .stage = "fill", .customer = &customer, .customer_count = 1, .least = asked->fill[f].share * whole}, NULL));
    }
    if (asked->capital && asked->fill_count == 0)
        TRY(fab_fail(context, FAB_USAGE, "least capital for no fill is none at all: say at least one fill"));
out:
    return status;
}
