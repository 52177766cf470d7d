/* What the wafer-lot history says about lots and tools.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sections.h"

#include <stdio.h>

static const struct {
    const char *name, *title, *query;
} parts[] = {
    {"wip_lines", "Work in process by line", "lots_wip_lines"},
    {"wip_positions", "Work in process by route and position (share of the cycle time done)", "lots_wip_positions"},
    {"wip_customers", "Work in process by customer", "lots_wip_customers"},
    {"cycle_times", "Cycle time of finished lots", "lots_cycle_time"},
    {"line_yields", "Line yield by month of the start (wafers)", "lots_line_yield"},
    {"holds", "Holds", "lots_holds"},
    {"scrap", "Scrap by step and reason, the most first", "lots_scrap"},
    {"tools", "Tool groups by SEMI E10 states", "lots_tools"},
};

enum { PARTS = (int)(sizeof parts / sizeof *parts), PARAMETERS = 6, TIME_SIZE = 32 };

/* Events carry times: a window's day is its first second. "" stays. */
static fab_status read_time(fab_context *context, const char *option, const char *given, char time[TIME_SIZE])
{
    char date[FAB_DATE_TEXT_SIZE];
    int32_t day;
    fab_status status = fab_read_window_date(context, option, given, date, &day);
    if (status == FAB_OK)
        snprintf(time, TIME_SIZE, "%s%s", date, *date ? "T00:00:00" : "");
    return status;
}

fab_status fab_lots_summary(fab_context *context, fab *handle, const fab_lots_request *request, fab_sections *sections)
{
    char from[TIME_SIZE] = "", to[TIME_SIZE] = "";
    *sections = (fab_sections){0};
    fab_status status = read_time(context, "from", request->from, from);
    if (status == FAB_OK)
        status = read_time(context, "to", request->to, to);
    if (status == FAB_OK)
        status = fab_require_id(context, handle, "line", request->line);
    if (status == FAB_OK)
        status = fab_require_id(context, handle, "source", request->source);
    if (status == FAB_OK)
        status = fab_sections_select(context, handle, sections, NULL, NULL, "lots_facts", NULL, 0);
    const fab_value none = {.type = FAB_NULL}, *as_of = status == FAB_OK ? fab_table_get(sections->section[0].table, 0, 0) : &none;
    if (status == FAB_OK && as_of->type == FAB_NULL)
        fab_say(context, FAB_LEVEL_NOTE, "there is no wafer-lot history; `fabplan sample history` makes one to try things with");
    const fab_parameter parameters[PARAMETERS] = {{":line", fab_text(request->line)},
                                                  {":source", fab_text(request->source)},
                                                  {":from", fab_text(*from ? from : NULL)},
                                                  {":to", fab_text(*to ? to : NULL)},
                                                  {":as_of", *as_of},
                                                  {":whole", fab_integer(request->whole || request->source)}};
    for (int p = 0; status == FAB_OK && p < PARTS; p++)
        status = fab_sections_select(context, handle, sections, parts[p].name, parts[p].title, parts[p].query, parameters, PARAMETERS);
    if (status != FAB_OK)
        fab_sections_fini(sections);
    return status;
}
