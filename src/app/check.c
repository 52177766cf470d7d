/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "build.h"
#include "change_apply.h"
#include "endless.h"
#include "loops.h"
#include "outside.h"
#include "result.h"
#include "terms_build.h"
#include "try.h"

#include <string.h>

static fab_status add_finding(fab_context *context, fab_table *findings, const char *const texts[5])
{
    fab_status status = FAB_OK;
    fab_value *row = NULL;
    TRY_MEMORY(context, row = fab_table_add_row(findings));
    for (int c = 0; c < 5; c++)
        row[c] = fab_text(fab_table_keep(findings, texts[c]));
out:
    return status;
}

/* What only the program can say, of inputs without findings. */
static fab_status check_program(fab_context *context, fab *handle, fab_table *findings)
{
    fab_status status = FAB_OK;
    fab_model *inputs = NULL, *model = NULL;
    struct fab_change_list *none = NULL;
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    char text[FAB_ENDLESS_TEXT_SIZE], loop[FAB_LOOP_TEXT_SIZE];
    int item, source;
    TRY_MEMORY(context, none = fab_change_list_new());
    TRY(fab_store_load_model(context, handle->store, &inputs));
    TRY(fab_model_change(context, inputs, none, &model)); /* with the orders that drivers make */
    fab_outside_end(NULL, model);
    fab_outside_start(NULL, model);
    TRY(fab_terms_new(context, model, &terms));
    TRY(fab_loops_find(context, terms, &source, loop));
    if (*loop) {
        TRY(add_finding(context, findings, (const char *const[]){"finding", "source", model->source[source].source, "item", loop}));
        goto out;
    }
    TRY(fab_program_new(context, terms, NULL, &program));
    TRY(fab_endless_find(context, program, &item, &source));
    if (item == FAB_NONE)
        goto out;
    fab_endless_text(model, item, source, text);
    TRY(add_finding(context, findings, (const char *const[]){"finding", "item", model->item[item].item, "unit_value_usd", text}));
out:
    fab_program_free(program);
    fab_terms_free(terms);
    fab_model_free(model);
    fab_model_free(inputs);
    fab_change_list_free(none);
    return status;
}

static bool has_findings(const fab_table *table)
{
    for (int r = 0; r < fab_table_rows(table); r++)
        if (strcmp(fab_table_get(table, r, 0)->text, "finding") == 0)
            return true;
    return false;
}

fab_status fab_check_program(fab_context *context, fab *handle, fab_table *findings)
{
    return has_findings(findings) ? FAB_OK : check_program(context, handle, findings);
}
