/* What the wafer-lot history says about lots and tools.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "try.h"

#include <stdio.h>

static const struct fab_section_query parts[] = {
    FAB_LIST_OF("wip_lines", "Work in process by line", "lots_wip_lines"),
    FAB_LIST_OF("wip_positions", "Work in process by route and position (share of the cycle time done)", "lots_wip_positions"),
    FAB_LIST_OF("wip_customers", "Work in process by customer", "lots_wip_customers"),
    FAB_LIST_OF("cycle_times", "Cycle time of finished lots", "lots_cycle_time"),
    FAB_LIST_OF("line_yields", "Line yield by month of the start (wafers)", "lots_line_yield"),
    FAB_LIST_OF("holds", "Holds", "lots_holds"),
    FAB_LIST_OF("scrap", "Scrap by step and reason, the most first", "lots_scrap"),
    FAB_LIST_OF("tools", "Tool groups by SEMI E10 states", "lots_tools"),
    FAB_LIST_OF("stops", "Stops of tools by cause", "lots_stops"),
    FAB_LIST_OF("batches", "Batches of steps", "lots_batches"),
    FAB_LIST_OF("setups", "Setups of steps", "lots_setups"),
};

enum { PARTS = (int)(sizeof parts / sizeof *parts), PARAMETERS = 6, TIME_SIZE = 32 };

/* Events carry times: a window's day is its first second. "" stays. */
static fab_status read_time(fab_context *context, const char *member, const char *given, char time[TIME_SIZE])
{
    char date[FAB_DATE_TEXT_SIZE];
    int32_t day;
    fab_status status = fab_read_window_date(context, member, given, date, &day);
    if (status == FAB_OK)
        snprintf(time, TIME_SIZE, "%s%s", date, *date ? "T00:00:00" : "");
    return status;
}

static fab_status check_request(fab_context *context, fab *handle, const fab_lots_request *request, char from[TIME_SIZE], char to[TIME_SIZE])
{
    fab_status status;
    TRY(read_time(context, "from", request->from, from));
    TRY(read_time(context, "to", request->to, to));
    TRY(fab_require_id(context, handle, "line", request->line));
    TRY(fab_require_id(context, handle, "source", request->source));
out:
    return status;
}

fab_status fab_lots_summary(fab_context *context, fab *handle, const fab_lots_request *request, fab_result **result)
{
    static const struct fab_section_query facts = FAB_FACTS_OF("lots_facts");
    char from[TIME_SIZE] = "", to[TIME_SIZE] = "";
    fab_status status;
    fab_result *made = NULL;
    TRY(check_request(context, handle, request, from, to));
    TRY_MEMORY(context, made = fab_result_new("fabplan.lots/1"));
    TRY(fab_answer_add(context, handle, made, &facts, NULL, 0));
    const fab_value *as_of = fab_result_fact(made, "as_of");
    if (as_of->type == FAB_NULL)
        fab_say_as(context, FAB_LEVEL_NOTE, "no_history", "there is no wafer-lot history");
    const fab_parameter parameters[PARAMETERS] = {{":line", fab_text(request->line)},
                                                  {":source", fab_text(request->source)},
                                                  {":from", fab_text(*from ? from : NULL)},
                                                  {":to", fab_text(*to ? to : NULL)},
                                                  {":as_of", *as_of},
                                                  {":whole", fab_integer(request->whole || request->source)}};
    for (int p = 0; p < PARTS; p++)
        TRY(fab_answer_add(context, handle, made, &parts[p], parameters, PARAMETERS));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}
