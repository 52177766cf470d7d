/* Files into the store, whatever their format: paths -> sources of rows -> import.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "csv_source.h"
#include "result.h"
#include "stdf_source.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Of the data dictionary. */
enum { RUN_MAX = 2000000000 };

/* The paths of a request by format. */
struct paths {
    const char **csv, **stdf;
    int csv_count, stdf_count;
};

static bool sort_paths(const fab_import_request *request, struct paths *paths)
{
    size_t count = (size_t)request->path_count;
    const char **all = calloc(2 * count + 1, sizeof *all);
    paths->csv = all;
    paths->stdf = all ? all + count : NULL;
    for (size_t p = 0; all && p < count; p++) {
        const char *path = request->paths[p];
        if (fab_stdf_is_file(path))
            paths->stdf[paths->stdf_count++] = path;
        else
            paths->csv[paths->csv_count++] = path;
    }
    return all != NULL;
}

/* A table comes from one file: fails when there is a CSV file of those that STDF files give. */
static fab_status check_tables(fab_context *context, const struct fab_csv_sources *csv)
{
    for (int s = 0; s < csv->count; s++)
        if (fab_stdf_has_table(csv->source[s].table))
            return fab_fail(context, FAB_INPUT, "%s: table %s is given by the STDF files already; import them one after the other",
                            csv->source[s].name, csv->source[s].table);
    return FAB_OK;
}

static fab_status open_stdf(fab_context *context, fab *handle, const fab_import_request *request, const struct paths *paths,
                            fab_stdf_sources **sources)
{
    const struct fab_stdf_options options = {.stage = request->stage,
                                             .run = (int)request->run,
                                             .wafer = request->wafer,
                                             .lot_in_name = request->lot_in_name,
                                             .soft_bins = request->soft_bins};
    if (request->run < 0 || request->run > RUN_MAX)
        return fab_fail(context, FAB_USAGE, "run is %lld, must be 1 to %d", (long long)request->run, RUN_MAX);
    return fab_stdf_sources_open(context, handle->store, paths->stdf, paths->stdf_count, &options, sources);
}

fab_status fab_import(fab_context *context, fab *handle, const fab_import_request *request, fab_result **summary)
{
    fab_status status = FAB_OK;
    struct paths paths = {0};
    struct fab_csv_sources csv = {0};
    fab_stdf_sources *stdf = NULL;
    struct fab_row_source *all = NULL;
    fab_table *table = NULL;
    fab_import_options options = {.replace = request->replace, .dry_run = request->dry_run};
    TRY_MEMORY(context, sort_paths(request, &paths));
    TRY(fab_csv_sources_add(context, &csv, paths.csv, paths.csv_count));
    options.whole = csv.folder;
    TRY_MEMORY(context, all = calloc((size_t)csv.count + FAB_STDF_SOURCES, sizeof *all));
    int count = csv.count;
    if (count > 0)
        memcpy(all, csv.source, (size_t)count * sizeof *all);
    if (paths.stdf_count > 0) {
        TRY(check_tables(context, &csv));
        TRY(open_stdf(context, handle, request, &paths, &stdf));
        memcpy(all + count, fab_stdf_sources_get(stdf), FAB_STDF_SOURCES * sizeof *all);
        count += FAB_STDF_SOURCES;
    }
    TRY(fab_store_import(context, handle->store, all, count, &options, &table));
    TRY(fab_result_of(context, "fabplan.import/1", "tables", table, summary));
out:
    free(all);
    fab_stdf_sources_close(stdf);
    fab_csv_sources_close(&csv);
    free(paths.csv);
    return status;
}
