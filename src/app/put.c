/* Rows of tables in memory into input tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "result.h"
#include "table_source.h"
#include "try.h"

#include <stdlib.h>

fab_status fab_put(fab_context *context, fab *handle, const fab_put_request *request, fab_result **summary)
{
    const fab_import_options options = {.replace = request->replace, .dry_run = request->dry_run};
    int count = request->table_count > 0 ? request->table_count : 0;
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    struct fab_row_source *sources = NULL;
    TRY_MEMORY(context, sources = calloc((size_t)count + 1, sizeof *sources));
    for (int t = 0; t < count; t++)
        sources[t] = fab_table_source(request->tables[t], fab_table_name(request->tables[t]));
    TRY(fab_store_import(context, handle->store, sources, count, &options, &table));
    TRY(fab_result_of(context, "fabplan.import/1", "tables", table, summary));
out:
    free(sources);
    return status;
}
