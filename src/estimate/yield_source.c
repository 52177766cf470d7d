/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_source.h"

#include <stdlib.h>

fab_wafer_result *fab_yield_source_keep(const struct yield_history *history, const struct yield_source *source, int32_t from, size_t *count)
{
    const struct yield_wafers *wafers = &history->wafers[source->source];
    fab_wafer_result *kept = calloc(wafers->count + 1, sizeof *kept);
    bool *excluded = calloc(history->lot_count + 1, sizeof *excluded);
    *count = 0;
    for (size_t i = 0; excluded && i < source->point_count; i++)
        excluded[source->points[i].lot] = source->points[i].excluded;
    for (size_t i = 0; kept && excluded && i < wafers->count; i++)
        if (!excluded[wafers->wafers[i].lot] && wafers->wafers[i].day >= from)
            kept[(*count)++] = wafers->wafers[i];
    if (!excluded) {
        free(kept);
        kept = NULL;
    }
    free(excluded);
    return kept;
}

void fab_yield_source_fini(struct yield_source *source)
{
    free(source->points);
    *source = (struct yield_source){0};
}
