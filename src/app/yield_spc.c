/* Control charts of the lots of each source about its learning curve.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "try.h"
#include "yield_spc.h"

/* Moves a table into the result. */
static fab_status add_table(fab_context *context, fab_result *result, const char *name, const char *title, fab_table **table)
{
    fab_table *moved = *table;
    *table = NULL;
    return fab_result_add_list(context, result, name, title, moved);
}

fab_status fab_yield_spc(fab_context *context, fab *handle, const fab_yield_spc_request *request, fab_result **result)
{
    char text[FAB_DATE_TEXT_SIZE];
    struct yield_window window = FAB_YIELD_ALWAYS;
    struct yield_spc_tables tables = {0};
    fab_result *made = NULL;
    fab_status status = FAB_OK;
    TRY(fab_read_window_date(context, "from", request->from, text, &window.from));
    TRY(fab_read_window_date(context, "to", request->to, text, &window.to));
    TRY(fab_require_id(context, handle, "source", request->source));
    TRY(fab_yield_spc_make(context, handle->store, &window, request->source, &tables));
    TRY_MEMORY(context, made = fab_result_new("fabplan.spc/1"));
    status = fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, tables.facts);
    tables.facts = NULL;
    if (status != FAB_OK)
        goto out;
    TRY(add_table(context, made, "charts", "Sources on and off their learning curve", &tables.charts));
    TRY(add_table(context, made, "signals", "Lots outside the limits (Laney p')", &tables.signals));
    TRY(add_table(context, made, "shifts", "Lasting shifts (EWMA)", &tables.shifts));
    if (request->source)
        TRY(add_table(context, made, "points", "Lots in time", &tables.points));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_yield_spc_fini(&tables);
    return status;
}
