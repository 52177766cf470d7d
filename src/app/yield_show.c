/* What a stored snapshot of yield estimates says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "try.h"

static const struct fab_section_query parts[] = {
    FAB_FACTS_OF("yield_show_snapshot"),
    FAB_LIST_OF("estimates", "Tested, with and without excursions", "yield_show_estimates"),
    FAB_LIST_OF("levels", "Level: where D0 stands still, without excursions", "yield_show_levels"),
    FAB_LIST_OF("defects", "Defects of the level (systematic yield 1)", "yield_show_defects"),
    FAB_LIST_OF("curves", "Learning curves by process-out date", "yield_show_curves"),
    FAB_LIST_OF("lines", "Line yield of finished lots", "yield_show_lines"),
    FAB_LIST_OF("verdicts", "What the history tells", "yield_show_verdicts"),
    FAB_LIST_OF("periods", "Yields to plan with, by period of the start", "yield_show_periods"),
    FAB_LIST_OF("forecasts", "What they are made of", "yield_show_forecasts"),
    FAB_LIST_OF("excursions", "Lots screened out as excursions", "yield_show_excursions"),
};

fab_status fab_yield_show(fab_context *context, fab *handle, const fab_yield_show_request *request, fab_result **result)
{
    const fab_parameter parameters[] = {{":snapshot", fab_integer(request->snapshot)},
                                        {":source", fab_text(request->source)},
                                        {":whole", fab_integer(request->whole || request->source)}};
    fab_status status;
    fab_result *made = NULL;
    TRY(fab_require_id(context, handle, "source", request->source));
    TRY_MEMORY(context, made = fab_result_new("fabplan.yield/1"));
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        TRY(fab_answer_add(context, handle, made, &parts[p], parameters, 3));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}
