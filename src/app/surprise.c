/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "surprise.h"

#include "date.h"
#include "scenario.h"
#include "scenario_store.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* One name of the request: it is known, or comes as a surprise on the same day as the others that do. */
static fab_status take_name(fab_context *context, const struct fab_scenarios *scenarios, const char *name, struct fab_surprise *surprise)
{
    const struct fab_scenario *scenario = fab_scenarios_find(scenarios, name);
    char first[FAB_DATE_TEXT_SIZE], second[FAB_DATE_TEXT_SIZE];
    if (!scenario || scenario->surprise_from == FAB_DATE_NONE) {
        strcat(surprise->known, *surprise->known ? "," : "");
        strcat(surprise->known, name);
        return FAB_OK;
    }
    if (surprise->from != FAB_DATE_NONE && surprise->from != scenario->surprise_from)
        return fab_fail(context, FAB_USAGE, "scenarios '%s': one comes as a surprise on %s, another on %s; plan with one day of surprise at a time", name,
                        fab_date_print(scenario->surprise_from, first), fab_date_print(surprise->from, second));
    surprise->from = scenario->surprise_from;
    return FAB_OK;
}

fab_status fab_surprise_find(fab_context *context, fab *handle, const char *request, struct fab_surprise *surprise)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *scenarios = NULL;
    char *words = NULL, *rest = NULL;
    *surprise = (struct fab_surprise){.from = FAB_DATE_NONE};
    if (!request)
        return FAB_OK;
    TRY_MEMORY(context, surprise->known = calloc(strlen(request) + 2, 1));
    TRY_MEMORY(context, words = strdup(request));
    TRY(fab_scenarios_known(context, handle, &scenarios));
    for (char *word = strtok_r(words, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        TRY(take_name(context, scenarios, word, surprise));
out:
    if (surprise->known && !*surprise->known) {
        free(surprise->known);
        surprise->known = NULL;
    }
    fab_scenarios_free(scenarios);
    free(words);
    return status;
}
