/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_draw.h"

#include "number.h"
#include "random.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nine digits of a number: the last bits of a machine's log and exp do not show. */
static double round_figure(double figure)
{
    char text[FAB_NUMBER_TEXT_SIZE];
    const char *why;
    double rounded = 0;
    snprintf(text, sizeof text, "%.8e", figure);
    return fab_number_parse(text, &rounded, &why) ? rounded : figure;
}

/* Mean m and standard deviation s of exp(N(mu, sigma)): sigma^2 = log(1 + (s / m)^2), mu = log m - sigma^2 / 2. */
static double lognormal(double mean, double deviation, double normal)
{
    double variance = log1p((deviation / mean) * (deviation / mean));
    return mean * exp(sqrt(variance) * normal - variance / 2);
}

double fab_sweep_draw(const struct fab_sweep_row *row, int64_t seed, int stream, int64_t draw)
{
    fab_random random = fab_random_stream((uint64_t)seed, (uint64_t)stream, (uint64_t)draw);
    switch (row->law) {
    case FAB_SWEEP_NORMAL: return round_figure(fmax(0, row->p1 + row->p2 * fab_random_normal(&random)));
    case FAB_SWEEP_LOGNORMAL: return round_figure(lognormal(row->p1, row->p2, fab_random_normal(&random)));
    case FAB_SWEEP_UNIFORM: break;
    }
    return round_figure(row->p1 + (row->p2 - row->p1) * fab_random_uniform(&random));
}

/* "CUSTOMER/ITEM" as the key of an order: any of the customer's of the item. A part that is not given is any. */
static const char *demand_key(fab_arena *arena, const char *key)
{
    const char *slash = key;
    while (*slash && *slash != '/')
        slash += *slash == '\\' && slash[1] ? 2 : 1;
    return fab_arena_printf(arena, "*;customer=%.*s;item=%s", (int)(slash - key), key, *slash ? slash + 1 : "*");
}

/* What each figure does, and when it does nothing. */
static const struct {
    const char *table, *column;
    fab_change_operation operation;
    double nothing;
} effects[] = {
    [FAB_SWEEP_YIELD] = {"process", "unit_yield", FAB_CHANGE_SCALE, 1},
    [FAB_SWEEP_DEMAND] = {"demand", "quantity", FAB_CHANGE_SCALE, 1},
    [FAB_SWEEP_DELIVERY] = {"tool_group", "lead_time_days", FAB_CHANGE_ADD, 0},
};

fab_status fab_sweep_draw_change(fab_context *context, const struct fab_sweep_row *row, const char *file, double figure, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    char value[FAB_NUMBER_TEXT_SIZE];
    if (figure == effects[row->what].nothing)
        return FAB_OK;
    struct fab_change change = {.origin = FAB_CHANGE_SCENARIO, .scenario = row->name, .number = row->line, .table = effects[row->what].table, .key = row->key, .column = effects[row->what].column,
                                .operation = effects[row->what].operation, .value = fab_number_print(figure, value), .from = FAB_DATE_NONE, .to = FAB_DATE_NONE, .file = file, .line = row->line};
    if (row->what == FAB_SWEEP_DEMAND)
        TRY_MEMORY(context, change.key = demand_key(list->arena, row->key));
    change.place[FAB_CHANGE_FIELD_TABLE] = change.place[FAB_CHANGE_FIELD_COLUMN] = change.place[FAB_CHANGE_FIELD_OPERATION] = row->place[FAB_SWEEP_WHAT];
    change.place[FAB_CHANGE_FIELD_KEY] = row->place[FAB_SWEEP_KEY];
    change.place[FAB_CHANGE_FIELD_VALUE] = row->place[FAB_SWEEP_P1];
    TRY(fab_change_list_add(context, list, &change));
out:
    return status;
}
