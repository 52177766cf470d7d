/* The rows of reports: what a SELECT of a sheet is run with. Internal to the app.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_SELECT_H
#define FAB_REPORT_SELECT_H

#include "fab.h"

/* Parameters that say what is stored beside the plan: what is kept with a plan has no other. */
enum { FAB_BEFORE, FAB_WITHOUT, FAB_SCENARIOS, FAB_SWEEP, FAB_AROUND };

/* What a report's SELECT is run with: context and handle are set, and plan, before, snapshot, changes where they are asked for. */
struct fab_selection {
    fab_context *context;
    fab *handle;
    fab *kept; /* the plan with the inputs that it was made from; NULL: not known yet, or it keeps none */
    fab *revalued;       /* the plan with inputs at other prices, for who asks for :revalued; NULL: as planned */
    const char *changes; /* of the prices; NULL: as planned */
    bool shows_drivers;  /* a SELECT has asked for :revalued */
    int64_t plan, snapshot; /* 0: the newest, until one is found */
    int64_t before; /* the plan that a bridge starts from; 0: the one stored before */
    bool plan_found, snapshot_found;
    char *around[FAB_AROUND]; /* what is stored beside the plan, as JSON; NULL: nothing, or not looked for yet */
    char inputs_sha256[65]; /* of the inputs as they are now, for the checks of a workbook */
};

/* Runs a SELECT of a report (struct fab_book_source: select); user is a struct fab_selection. */
fab_status fab_selection_select(void *user, const char *sql, const char *origin, fab_table **result);

/* Gives back what it opened and found. */
void fab_selection_fini(struct fab_selection *selection);

#endif
