/* Policy `fair`: shares V_c / (weight_c x W_c) as equal as they can be. SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"

#include "rounds.h"
#include "served.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

fab_status fab_run_fair(struct fab_run *run)
{
    fab_status status = FAB_OK;
    const fab_model *model = run->program->terms->model;
    struct fab_rounds rounds = {.run = run, .name = "fair", .objective = "least share x all that is wanted", .cap = (double)INFINITY};
    TRY_MEMORY(run->context, rounds.part = calloc((size_t)model->customer_count + 1, sizeof *rounds.part));
    for (int c = 0; c < model->customer_count; c++) {
        double whole = fab_served_whole(run->program, c), weight = model->customer[c].weight;
        if (whole <= 0 || weight <= 0)
            continue; /* left to the profit */
        rounds.part[rounds.count++] = (struct fab_sharer){.customer = c, .base = weight * whole, .stage = FAB_NONE};
        rounds.sum += whole;
        rounds.most = fmax(rounds.most, 2 / weight); /* a share is at most 1 */
    }
    TRY(fab_rounds_run(&rounds));
out:
    free(rounds.part);
    return status;
}
