/* Fills of a request. SPDX-License-Identifier: GPL-3.0-or-later */
#include "asked.h"

#include "nearest.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

static fab_status fail_customer(fab_context *context, const char *name, const fab_model *model)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, name);
    for (int c = 0; c < model->customer_count; c++)
        fab_nearest_offer(&nearest, model->customer[c].customer);
    return fab_fail(context, FAB_USAGE, "fill '%s': there is no such customer%s%s%s", name, nearest.best[0] ? "; did you mean " : "", nearest.best, nearest.best[0] ? "?" : "");
}

static fab_status add_fill(fab_context *context, const char *name, double share, fab_model *model, struct fab_stages_asked *asked)
{
    struct fab_fill *fill = (struct fab_fill *)asked->fill;
    int customer = 0;
    while (customer < model->customer_count && strcmp(model->customer[customer].customer, name) != 0)
        customer++;
    if (customer == model->customer_count)
        return fail_customer(context, name, model);
    for (int f = 0; f < asked->fill_count; f++)
        if (fill[f].customer == customer)
            return fab_fail(context, FAB_USAGE, "fill '%s': the customer has one already", name);
    fill[asked->fill_count++] = (struct fab_fill){customer, share};
    return FAB_OK;
}

fab_status fab_asked_fills(fab_context *context, const char *text, fab_model *model, struct fab_stages_asked *asked)
{
    fab_status status = FAB_OK;
    char *copy = NULL, *rest = NULL;
    if (!text)
        return FAB_OK;
    TRY_MEMORY(context, asked->fill = fab_arena_take(model->arena, strlen(text) + 1, sizeof *asked->fill));
    TRY_MEMORY(context, copy = strdup(text));
    for (char *word = strtok_r(copy, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        char *equals = strrchr(word, '='), *end = NULL;
        double share = equals ? strtod(equals + 1, &end) : 0;
        if (!equals || equals == word || end == equals + 1 || *end || strspn(equals + 1, "0123456789.") != strlen(equals + 1))
            TRY(fab_fail(context, FAB_USAGE, "fill '%s' is not CUSTOMER=SHARE", word));
        if (share > 1)
            TRY(fab_fail(context, FAB_USAGE, "fill '%s': a share is 0 to 1", word));
        *equals = '\0';
        TRY(add_fill(context, word, share, model, asked));
    }
out:
    free(copy);
    return status;
}
