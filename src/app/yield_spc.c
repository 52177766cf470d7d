/* Control charts of the lots of each source about its learning curve.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sections.h"

#include "try.h"
#include "yield_spc.h"

/* Moves a table into the list. */
static fab_status add_table(fab_context *context, fab_sections *sections, const char *name, const char *title, fab_table **table)
{
    fab_table *moved = *table;
    *table = NULL;
    return fab_sections_add(context, sections, name, title, moved);
}

fab_status fab_yield_spc(fab_context *context, fab *handle, const fab_yield_spc_request *request, fab_sections *sections)
{
    char text[FAB_DATE_TEXT_SIZE];
    struct yield_window window = FAB_YIELD_ALWAYS;
    struct yield_spc_tables tables = {0};
    fab_status status = FAB_OK;
    *sections = (fab_sections){0};
    TRY(fab_read_window_date(context, "from", request->from, text, &window.from));
    TRY(fab_read_window_date(context, "to", request->to, text, &window.to));
    TRY(fab_require_id(context, handle, "source", request->source));
    TRY(fab_yield_spc_make(context, handle->store, &window, request->source, &tables));
    TRY(add_table(context, sections, NULL, NULL, &tables.facts));
    TRY(add_table(context, sections, "charts", "Sources on and off their learning curve", &tables.charts));
    TRY(add_table(context, sections, "signals", "Lots outside the limits (Laney p'; the exact law of skewed counts)", &tables.signals));
    TRY(add_table(context, sections, "shifts", "Lasting shifts (EWMA)", &tables.shifts));
    if (request->source)
        TRY(add_table(context, sections, "points", "Lots in time", &tables.points));
out:
    fab_yield_spc_fini(&tables);
    if (status != FAB_OK)
        fab_sections_fini(sections);
    return status;
}
