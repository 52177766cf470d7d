/* Files into the store, whatever their format: paths -> sources of rows -> import.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "annotate.h"
#include "csv_source.h"
#include "output.h"
#include "result.h"
#include "stdf_source.h"
#include "try.h"
#include "xlsx_source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of the data dictionary. */
enum { RUN_MAX = 2000000000 };

/* The paths of a request by format. */
struct paths {
    const char **csv, **xlsx, **stdf;
    int csv_count, xlsx_count, stdf_count;
};

/* What the paths are read by. */
struct inputs {
    struct paths paths;
    struct fab_csv_sources csv;
    struct fab_xlsx_sources xlsx;
    fab_stdf_sources *stdf;
    struct fab_row_source *all;
    int count;
};

static bool sort_paths(const fab_import_request *request, struct paths *paths)
{
    size_t count = (size_t)request->path_count;
    const char **all = calloc(3 * count + 1, sizeof *all);
    paths->csv = all;
    paths->xlsx = all ? all + count : NULL;
    paths->stdf = all ? all + 2 * count : NULL;
    for (size_t p = 0; all && p < count; p++) {
        const char *path = request->paths[p];
        if (fab_stdf_is_file(path))
            paths->stdf[paths->stdf_count++] = path;
        else if (fab_xlsx_is_file(path))
            paths->xlsx[paths->xlsx_count++] = path;
        else
            paths->csv[paths->csv_count++] = path;
    }
    return all != NULL;
}

static void add_sources(struct inputs *inputs, const struct fab_row_source *sources, int count)
{
    if (count > 0)
        memcpy(inputs->all + inputs->count, sources, (size_t)count * sizeof *sources);
    inputs->count += count;
}

/* A table comes from one file: fails when there is another of those that STDF files give. */
static fab_status check_tables(fab_context *context, const struct inputs *inputs, bool make_lots)
{
    for (int s = 0; s < inputs->count; s++)
        if (fab_stdf_has_table(inputs->all[s].table, make_lots))
            return fab_fail(context, FAB_INPUT, "%s: table %s is given by the STDF files already; import them one after the other",
                            inputs->all[s].name, inputs->all[s].table);
    return FAB_OK;
}

static fab_status open_stdf(fab_context *context, fab *handle, const fab_import_request *request, const struct paths *paths,
                            fab_stdf_sources **sources)
{
    const struct fab_stdf_options options = {.stage = request->stage,
                                             .run = (int)request->run,
                                             .wafer = request->wafer,
                                             .lot_in_name = request->lot_in_name,
                                             .make_lots = request->make_lots,
                                             .source = request->source,
                                             .soft_bins = request->soft_bins};
    if (request->run < 0 || request->run > RUN_MAX)
        return fab_fail_as(context, FAB_USAGE, "request.run", "run is %lld, must be 1 to %d", (long long)request->run, RUN_MAX);
    return fab_stdf_sources_open(context, handle->store, paths->stdf, paths->stdf_count, &options, sources);
}

/* Wafers that no table has need not be typed in. */
static void say_unknown_wafers(fab_context *context)
{
    const fab_table *found = fab_context_found(context);
    int code = found ? fab_table_find_column(found, "code") : -1, table = found ? fab_table_find_column(found, "table") : -1;
    for (int r = 0; code >= 0 && table >= 0 && r < fab_table_rows(found); r++) {
        const fab_value *what = fab_table_get(found, r, code), *where = fab_table_get(found, r, table);
        if (what->type == FAB_TEXT && where->type == FAB_TEXT && strcmp(what->text, "unknown_id") == 0 && strcmp(where->text, "wafer_test") == 0) {
            fab_say_as(context, FAB_LEVEL_NOTE, "unknown_wafers", "lots and wafers that no table has can be made of the test results");
            return;
        }
    }
}

static fab_status open_inputs(fab_context *context, fab *handle, const fab_import_request *request, struct inputs *inputs)
{
    fab_status status = FAB_OK;
    struct paths *paths = &inputs->paths;
    int stdf_count = 0;
    TRY_MEMORY(context, sort_paths(request, paths));
    TRY(fab_csv_sources_add(context, &inputs->csv, paths->csv, paths->csv_count));
    TRY(fab_xlsx_sources_add(context, &inputs->xlsx, paths->xlsx, paths->xlsx_count));
    TRY_MEMORY(context, inputs->all = calloc((size_t)inputs->csv.count + (size_t)inputs->xlsx.count + FAB_STDF_SOURCES, sizeof *inputs->all));
    add_sources(inputs, inputs->csv.source, inputs->csv.count);
    add_sources(inputs, inputs->xlsx.source, inputs->xlsx.count);
    if (paths->stdf_count > 0) {
        TRY(check_tables(context, inputs, request->make_lots));
        TRY(open_stdf(context, handle, request, paths, &inputs->stdf));
        const struct fab_row_source *sources = fab_stdf_sources_get(inputs->stdf, &stdf_count);
        add_sources(inputs, sources, stdf_count);
    }
out:
    return status;
}

static void close_inputs(struct inputs *inputs)
{
    free(inputs->all);
    fab_stdf_sources_close(inputs->stdf);
    fab_xlsx_sources_close(&inputs->xlsx);
    fab_csv_sources_close(&inputs->csv);
    free(inputs->paths.csv);
}

/* Takes both tables. A dry run has a list of differences, also when there is none. */
static fab_status make_result(fab_context *context, const fab_import_request *request, fab_table *table, fab_table *differences, fab_result **summary)
{
    static const char *const names[] = {"table", "key", "change", "column", "before", "after"};
    fab_status status = FAB_OK;
    fab_result *result = NULL;
    status = fab_result_of(context, "fabplan.import/1", "tables", table, &result);
    if (!differences && request->dry_run)
        differences = fab_table_new("differences", names, sizeof names / sizeof *names);
    if (status == FAB_OK && request->dry_run) {
        status = fab_result_add_list(context, result, "differences", "Differences", differences);
        differences = NULL;
    }
    fab_table_free(differences);
    if (status == FAB_OK)
        *summary = result;
    else
        fab_result_free(result);
    return status;
}

/* ---- the workbook given back ---- */

static bool is_same_file(const char *path, const char *other)
{
    struct stat one, two;
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

/* Makes the file before anything is imported, so that a path that cannot be written ends it all. */
static fab_status begin_annotation(fab_context *context, const fab_import_request *request, const struct inputs *inputs, struct fab_output *output)
{
    if (!request->annotate)
        return FAB_OK;
    if (inputs->xlsx.workbook_count != 1)
        return fab_fail_as(context, FAB_USAGE, "request.annotate", "annotate gives back one workbook, must come with one among the files (there are %d)",
                           inputs->xlsx.workbook_count);
    if (is_same_file(request->annotate, inputs->xlsx.workbooks[0]->path))
        return fab_fail_as(context, FAB_USAGE, "request.annotate", "annotate is '%s', the workbook itself, must be another file", request->annotate);
    return fab_output_begin(context, request->annotate, output);
}

/* With findings the import has failed, and still does; other failures say nothing about rows. */
static fab_status end_annotation(fab_context *context, const struct inputs *inputs, fab_status imported, struct fab_output *output)
{
    fab_status status = FAB_OK;
    if (!output->temporary || !(imported == FAB_OK || (imported == FAB_INPUT && fab_context_findings(context) > 0)))
        return imported;
    status = fab_annotate(context, inputs->xlsx.workbooks[0], output->temporary);
    if (status != FAB_OK)
        return status == FAB_OUTPUT ? fab_fail_in(context, status, "%s", output->path) : status;
    status = fab_output_commit(context, output);
    return status == FAB_OK ? imported : status;
}

fab_status fab_import(fab_context *context, fab *handle, const fab_import_request *request, fab_result **summary)
{
    fab_status status = FAB_OK;
    struct inputs inputs = {0};
    struct fab_output output = {0};
    fab_table *table = NULL, *differences = NULL;
    fab_import_options options = {.replace = request->replace, .dry_run = request->dry_run, .differences = request->dry_run ? &differences : NULL};
    TRY(open_inputs(context, handle, request, &inputs));
    TRY(begin_annotation(context, request, &inputs, &output));
    options.whole = inputs.csv.folder;
    options.beside = inputs.stdf ? fab_stdf_sources_die(inputs.stdf) : NULL;
    status = fab_store_import(context, handle->store, inputs.all, inputs.count, &options, &table);
    if (status == FAB_INPUT && inputs.stdf && !request->make_lots)
        say_unknown_wafers(context);
    TRY(end_annotation(context, &inputs, status, &output));
    status = make_result(context, request, table, differences, summary);
    differences = NULL;
out:
    fab_output_end(&output);
    fab_table_free(differences);
    close_inputs(&inputs);
    return status;
}
