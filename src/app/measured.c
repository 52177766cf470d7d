/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measured.h"

#include "answer.h"
#include "dictionary.h"
#include "measured_rows.h"
#include "try.h"
#include "upkeep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const fab_measured_names[FAB_MEASURED_COUNT] = {"availability", "cycle_time", "batch_fill", "units_per_setup", "tool_down"};

fab_status fab_measured_read(fab_context *context, const char *text, unsigned *set)
{
    for (const char *word = text; word && *word;) {
        size_t length = strcspn(word, ",");
        int what = 0;
        while (what < FAB_MEASURED_COUNT && (strlen(fab_measured_names[what]) != length || strncmp(word, fab_measured_names[what], length) != 0))
            what++;
        if (what == FAB_MEASURED_COUNT)
            return fab_fail(context, FAB_USAGE, "'%.*s' cannot be taken as measured: availability, cycle_time, batch_fill, units_per_setup, tool_down", (int)length, word);
        *set |= 1u << what;
        word += length + (word[length] == ',');
    }
    return FAB_OK;
}

/* ---- what one row of the history says ---- */

static fab_status take_availability(struct fab_measured_rows *rows, int r)
{
    const char *id = fab_measured_text(rows, r, "tool_group");
    double availability = fab_measured_number(rows, r, "availability");
    int g = fab_model_find_row(rows->model, fab_dictionary_find("tool_group"), id);
    bool causes_say_it = (rows->set & 1u << FAB_MEASURED_TOOL_DOWN) != 0;
    if (g == FAB_NONE || causes_say_it || !(availability >= 0 && availability <= 1) || fab_upkeep_availability(rows->model, g) == availability)
        return FAB_OK;
    return fab_measured_set(rows, "tool_group", (const char *[]){id, NULL}, "availability", availability);
}

static fab_status take_cycle_time(struct fab_measured_rows *rows, int r)
{
    const char *id = fab_measured_text(rows, r, "route");
    const fab_model *model = rows->model;
    double days = fab_measured_number(rows, r, "days");
    int route = fab_model_find_row(model, fab_dictionary_find("route"), id);
    for (int c = 0; route != FAB_NONE && days >= 0 && c < model->cycle_time_count; c++)
        if (model->cycle_time[c].route == route && model->cycle_time[c].days != days)
            return fab_measured_set(rows, "cycle_time", (const char *[]){id, NULL}, "days", days);
    return FAB_OK;
}

/* A figure of a route_step; its planned value stays where `why` is not NULL. */
static fab_status take_step(struct fab_measured_rows *rows, int r, const char *column, const char *why)
{
    char planned[64];
    double value = fab_measured_number(rows, r, column);
    const char *route = fab_measured_text(rows, r, "route"), *step = fab_measured_text(rows, r, "step");
    snprintf(planned, sizeof planned, "planned_%s", column);
    if (why)
        return fab_measured_keep(rows, route, step, why);
    if (value == fab_measured_number(rows, r, planned))
        return FAB_OK;
    return fab_measured_set(rows, "route_step", (const char *[]){route, step, NULL}, column, value);
}

static fab_status take_batch_fill(struct fab_measured_rows *rows, int r)
{
    double fill = fab_measured_number(rows, r, "batch_fill");
    return take_step(rows, r, "batch_fill", isnan(fill) ? "no move_in on a tool" : fill > 1 ? "its batches are above batch_max" : NULL);
}

static fab_status take_units_per_setup(struct fab_measured_rows *rows, int r)
{
    bool moved = fab_measured_number(rows, r, "units") > 0;
    return take_step(rows, r, "units_per_setup", !moved ? "no move_in behind another one" : isnan(fab_measured_number(rows, r, "units_per_setup")) ? "no setup" : NULL);
}

/* Stops that a plan expects and a history of the length does not show are no chance any more: with three expected none is seen one time in twenty. */
static const double EXPECTED_STOPS = 3;

/* Whether the group has a measured stop by time: its planned causes that were not seen may go then. */
static bool group_is_measured(const struct fab_measured_rows *rows, const char *group)
{
    for (int r = 0; r < fab_table_rows(rows->rows); r++)
        if (strcmp(fab_measured_text(rows, r, "tool_group"), group) == 0 && fab_measured_number(rows, r, "hours_between") > 0)
            return true;
    return false;
}

/* A cause by time leaves no place for an availability that is given: the first one of a group empties it. */
static fab_status empty_availability(struct fab_measured_rows *rows, int r)
{
    const char *group = fab_measured_text(rows, r, "tool_group");
    int g = fab_model_find_row(rows->model, fab_dictionary_find("tool_group"), group);
    for (int before = 0; before < r; before++)
        if (strcmp(fab_measured_text(rows, before, "tool_group"), group) == 0 && fab_measured_number(rows, before, "hours_between") > 0)
            return FAB_OK;
    if (g == FAB_NONE || isnan(rows->model->tool_group[g].availability))
        return FAB_OK;
    return fab_measured_set(rows, "tool_group", (const char *[]){group, NULL}, "availability", NAN);
}

static fab_status take_seen(struct fab_measured_rows *rows, int r, bool by_units)
{
    const char *between = by_units ? "units_between" : "hours_between", *planned = by_units ? "planned_units_between" : "planned_hours_between";
    const char *key[] = {fab_measured_text(rows, r, "tool_group"), fab_measured_text(rows, r, "cause"), NULL};
    double length = fab_measured_number(rows, r, between), hours = fab_measured_number(rows, r, "hours");
    fab_status status = FAB_OK;
    if (!by_units)
        TRY(empty_availability(rows, r));
    if (isnan(fab_measured_number(rows, r, "planned_hours"))) {
        TRY(fab_measured_insert_stop(rows, key, length, hours));
        goto out;
    }
    if (length != fab_measured_number(rows, r, planned))
        TRY(fab_measured_set(rows, "tool_down", key, between, length));
    if (hours != fab_measured_number(rows, r, "planned_hours"))
        TRY(fab_measured_set(rows, "tool_down", key, "hours", hours));
out:
    return status;
}

static fab_status take_tool_down(struct fab_measured_rows *rows, int r)
{
    const char *group = fab_measured_text(rows, r, "tool_group"), *cause = fab_measured_text(rows, r, "cause");
    bool by_units = !isnan(fab_measured_number(rows, r, "planned_units_between"));
    double between = fab_measured_number(rows, r, by_units ? "units_between" : "hours_between");
    if (fab_measured_number(rows, r, "stops") > 0)
        return between > 0 ? take_seen(rows, r, by_units) : fab_measured_keep(rows, group, cause, by_units ? "no unit moved in" : "no time between its stops");
    if (by_units || fab_measured_number(rows, r, "expected_stops") < EXPECTED_STOPS || !group_is_measured(rows, group))
        return fab_measured_keep(rows, group, cause, "no stop");
    return fab_measured_delete(rows, "tool_down", (const char *[]){group, cause, NULL});
}

/* ---- kinds ---- */

/* Where a kind comes from: a query, the column that is above 0 in a row that measures something (NULL: each does), the columns that its hash is of, and what a row of it changes. */
static const struct kind {
    const char *query, *seen, *columns[5];
    fab_status (*take)(struct fab_measured_rows *rows, int r);
} kinds[FAB_MEASURED_COUNT] = {
    {"measured_availability", NULL, {"tool_group", "availability"}, take_availability},
    {"measured_cycle_time", NULL, {"route", "days"}, take_cycle_time},
    {"lots_batches", "batches", {"route", "step", "batch_fill"}, take_batch_fill},
    {"lots_setups", "units", {"route", "step", "units_per_setup"}, take_units_per_setup},
    {"lots_stops", "stops", {"tool_group", "cause", "hours_between", "units_between", "hours"}, take_tool_down},
};

/* Whether any row measures something. */
static bool measures(const struct fab_measured_rows *rows, const char *seen)
{
    for (int r = 0; r < fab_table_rows(rows->rows); r++)
        if (!seen || fab_measured_number(rows, r, seen) > 0)
            return true;
    return false;
}

fab_status fab_measured_add(fab_context *context, fab *handle, const fab_model *model, enum fab_measured what, unsigned set, struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE])
{
    const fab_parameter none[] = {{":line", {.type = FAB_NULL}}, {":source", {.type = FAB_NULL}}, {":from", {.type = FAB_NULL}}, {":to", {.type = FAB_NULL}}};
    struct fab_measured_rows rows = {.context = context, .model = model, .list = list, .set = set};
    fab_status status = FAB_OK;
    fab_table *selected = NULL;
    TRY(fab_store_select(context, handle->store, kinds[what].query, none, 4, &selected));
    rows.rows = selected;
    if (!measures(&rows, kinds[what].seen)) {
        status = fab_fail(context, FAB_USAGE, "the history measures no %s: import lot, lot_event and tool_event first", fab_measured_names[what]);
        goto out;
    }
    for (int r = 0; r < fab_table_rows(selected); r++)
        TRY(kinds[what].take(&rows, r));
    fab_measured_say_kept(&rows, fab_measured_names[what]);
    TRY(fab_measured_hash(&rows, kinds[what].columns, (int)(sizeof kinds->columns / sizeof *kinds->columns), hash));
out:
    fab_table_free(selected);
    return status;
}
