/* What a plan was made from, as a fab of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const fab_table *plans, const char *column)
{
    const fab_value *value = fab_table_get(plans, 0, fab_table_find_column(plans, column));
    return value->type == FAB_TEXT ? value->text : NULL;
}

/* The inputs are those that the plan was made from, whoever wrote the snapshot. */
static fab_status check_inputs(fab_context *context, const fab *kept, const char *inputs_sha256)
{
    char hex[65];
    fab_status status = FAB_OK;
    TRY(fab_store_hash_inputs(context, kept->store, hex));
    if (!inputs_sha256 || strcmp(hex, inputs_sha256) != 0)
        status = fab_fail(context, FAB_DATABASE, "plan %lld: the inputs that are kept are not those that it was made from", (long long)kept->plan);
out:
    return status;
}

static fab_status fill(fab_context *context, fab *handle, fab *kept)
{
    fab_status status = FAB_OK;
    fab_table *plans = NULL;
    TRY(fab_select_plan(context, handle, "plan_proofs", kept->plan, &plans));
    const char *input = text_of(plans, "input_sha256");
    if (!input)
        TRY(fab_fail_as(context, FAB_USAGE, "no_plan_input", "plan %lld keeps no inputs: it was made before plans kept them", (long long)kept->plan));
    TRY(fab_store_open_input(context, handle->store, input, &kept->store));
    TRY(check_inputs(context, kept, text_of(plans, "inputs_sha256")));
    TRY(fab_store_copy_plan(context, handle->store, kept->store, kept->plan));
out:
    fab_table_free(plans);
    return status;
}

fab_status fab_open_plan(fab_context *context, fab *handle, int64_t plan, fab **opened)
{
    fab_status status = FAB_OK;
    fab *kept = NULL;
    TRY_MEMORY(context, kept = calloc(1, sizeof *kept));
    TRY_MEMORY(context, kept->data = strdup(handle->data));
    TRY(fab_find_plan(context, handle, plan, &kept->plan));
    TRY(fill(context, handle, kept));
    *opened = kept;
    kept = NULL;
out:
    fab_close(kept);
    return status;
}

fab_status fab_plan_keeps_input(fab_context *context, fab *handle, int64_t plan, bool *keeps)
{
    fab_status status = FAB_OK;
    fab_table *plans = NULL;
    TRY(fab_select_plan(context, handle, "plan_proofs", plan, &plans));
    *keeps = fab_table_rows(plans) == 1 && text_of(plans, "input_sha256");
out:
    fab_table_free(plans);
    return status;
}
