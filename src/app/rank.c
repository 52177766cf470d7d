/* Chips by what they earn an hour of each bottleneck.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rank.h"

#include "result.h"
#include "standing.h"
#include "tested.h"
#include "try.h"

static fab_status make_result(fab_context *context, const struct fab_standing *standing, const struct fab_ranking *ranking, fab_result **result)
{
    fab_status status = FAB_OK;
    fab_result *made = NULL;
    struct fab_plan_table w = fab_plan_table_begin(standing->plan, FAB_NONE, "rank", "plan");
    fab_plan_table_row(&w);
    fab_plan_table_integer(&w, standing->number);
    fab_table *head = fab_plan_table_end(&w);
    made = fab_result_new("fabplan.rank/1");
    if (!made)
        fab_table_free(head);
    TRY_MEMORY(context, made);
    TRY(fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, head));
    TRY(fab_result_add_list(context, made, "bottlenecks", "Bottlenecks, and what an hour more gains, solved again", fab_rank_bottlenecks(standing->plan, ranking)));
    TRY(fab_result_add_list(context, made, "chips", "What a chip earns an hour of them", fab_rank_chips(standing->plan, ranking)));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

fab_status fab_rank(fab_context *context, fab *handle, const fab_rank_request *request, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    struct fab_ranking *ranking = NULL;
    fab_result *made = NULL;
    TRY(fab_standing_open(context, handle, request->plan, &standing));
    TRY(fab_rank_find(context, standing.plan, request->values > 0 ? request->values : FAB_VALUES, &ranking));
    TRY(make_result(context, &standing, ranking, &made));
    TRY(fab_tested_store(context, handle, &standing, ranking->values->line, ranking->values->count));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_ranking_free(ranking);
    fab_standing_close(&standing);
    return status;
}
