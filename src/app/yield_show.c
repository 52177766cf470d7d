/* What a stored snapshot of yield estimates says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sections.h"

#include "try.h"

static const struct {
    const char *name, *title, *query;
} parts[] = {
    {NULL, NULL, "yield_show_snapshot"},
    {"estimates", "Tested, with and without excursions", "yield_show_estimates"},
    {"levels", "Level: where D0 stands still, without excursions", "yield_show_levels"},
    {"defects", "Defects of the level (systematic yield 1)", "yield_show_defects"},
    {"curves", "Learning curves by process-out date", "yield_show_curves"},
    {"lines", "Line yield of finished lots", "yield_show_lines"},
    {"verdicts", "What the history tells", "yield_show_verdicts"},
    {"periods", "Yields to plan with, by period of the start", "yield_show_periods"},
    {"forecasts", "What they are made of", "yield_show_forecasts"},
    {"excursions", "Lots screened out as excursions", "yield_show_excursions"},
};

fab_status fab_yield_show(fab_context *context, fab *handle, const fab_yield_show_request *request, fab_sections *sections)
{
    const fab_parameter parameters[] = {{":snapshot", fab_integer(request->snapshot)},
                                        {":source", fab_text(request->source)},
                                        {":whole", fab_integer(request->whole || request->source)}};
    *sections = (fab_sections){0};
    fab_status status = FAB_OK;
    TRY(fab_require_id(context, handle, "source", request->source));
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        TRY(fab_sections_select(context, handle, sections, parts[p].name, parts[p].title, parts[p].query, parameters, 3));
out:
    if (status != FAB_OK)
        fab_sections_fini(sections);
    return status;
}
