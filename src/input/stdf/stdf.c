/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf.h"

#include "dictionary.h"
#include "stdf_list.h"
#include "stdf_rows.h"
#include "stdf_supersede.h"
#include "stdf_tables.h"
#include "try.h"
#include "utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- names ---- */

/* An id of the data dictionary: 1 to FAB_ID_MAX printable bytes of UTF-8. */
static bool is_name(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < ' ' || name[i] == 0x7F)
            return false;
    return length >= 1 && length <= FAB_ID_MAX && fab_utf8_valid_length(name, length) == length;
}

/* The name that is given is that of the one wafer that has none, or of the parts outside every wafer. */
static fab_status name_nameless(fab_context *context, struct stdf_file *file)
{
    int64_t first = -1;
    for (int w = 0; w < file->wafers; w++) {
        struct stdf_wafer *wafer = &file->wafer[w];
        if (w != file->loose && wafer->name)
            continue;
        if (!file->options->wafer)
            return fab_stdf_fail_nameless(context, file->stream, wafer->offset, "a wafer without WAFER_ID in WIR and WRR");
        if (first >= 0)
            return fab_stdf_fail(context, file->stream, wafer->offset,
                                 "a second wafer without a name (the first is at byte %lld): one name is not enough", (long long)first);
        first = wafer->offset;
        wafer->name = file->options->wafer;
        wafer->named = true;
    }
    return FAB_OK;
}

static fab_status name_wafers(fab_context *context, struct stdf_file *file)
{
    fab_status status = name_nameless(context, file);
    if (status != FAB_OK)
        return status;
    for (int w = 0; w < file->wafers; w++) {
        struct stdf_wafer *wafer = &file->wafer[w];
        if (file->options->lot_in_name && !wafer->named) {
            if (!file->lot[0])
                return fab_stdf_fail(context, file->stream, wafer->offset, "LOT_ID of MIR is empty: no wafer can be named after it");
            wafer->name = fab_arena_printf(file->arena, "%s-%s", file->lot, wafer->name);
            if (!wafer->name)
                return fab_fail_memory(context);
        }
        if (!is_name(wafer->name))
            return fab_stdf_fail(context, file->stream, wafer->offset, "the name of the wafer is not 1 to %d printable characters",
                                 FAB_ID_MAX);
    }
    return FAB_OK;
}

static int compare_names(const void *left, const void *right)
{
    const struct stdf_wafer *const *a = left, *const *b = right;
    int order = strcmp((*a)->name, (*b)->name);
    return order ? order : *a < *b ? -1 : *a > *b;
}

/* Wafers of the same name are one; *order: the first of each, by name. */
static fab_status join_wafers(fab_context *context, struct stdf_file *file, struct stdf_wafer ***order, int *count)
{
    struct stdf_wafer **sorted = malloc(((size_t)file->wafers + 1) * sizeof *sorted);
    if (!sorted)
        return fab_fail_memory(context);
    for (int w = 0; w < file->wafers; w++)
        sorted[w] = &file->wafer[w];
    qsort(sorted, (size_t)file->wafers, sizeof(struct stdf_wafer *), compare_names);
    *count = 0;
    for (int w = 0; w < file->wafers; w++) {
        struct stdf_wafer *first = *count > 0 ? sorted[*count - 1] : NULL;
        if (first && strcmp(first->name, sorted[w]->name) == 0)
            first->several = true;
        else
            sorted[(*count)++] = first = sorted[w];
        sorted[w]->same = (int32_t)(first - file->wafer);
    }
    for (size_t p = 0; p < file->parts; p++)
        file->part[p].wafer = file->wafer[file->part[p].wafer].same;
    *order = sorted;
    return FAB_OK;
}

/* ---- stage and run ---- */

/* The stage that a word of the text names ("WS1", "Final-Test"), NULL: none. */
static const char *stage_in(const char *text)
{
    static const struct {
        const char *word, *stage;
    } words[] = {
        {"sort", "sort"}, {"probe", "sort"}, {"wafersort", "sort"}, {"waferprobe", "sort"}, {"wafer", "sort"},    {"ws", "sort"},
        {"cp", "sort"},   {"ews", "sort"},   {"final", "final"},    {"finaltest", "final"}, {"package", "final"}, {"ft", "final"},
    };
    while (*text) {
        size_t length = 0, letters;
        while (isalnum((unsigned char)text[length]))
            length++;
        for (letters = length; letters > 0 && isdigit((unsigned char)text[letters - 1]);)
            letters--;
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (letters == strlen(words[w].word) && strncasecmp(text, words[w].word, letters) == 0)
                return words[w].stage;
        text += length > 0 ? length : 1;
    }
    return NULL;
}

static void find_stage(const struct stdf_file *file, struct fab_stdf_result *result)
{
    const char *stage = file->options->stage;
    const char *const texts[] = {file->test_code, file->flow, file->job};
    for (size_t i = 0; i < sizeof texts / sizeof *texts && !stage; i++)
        stage = stage_in(texts[i]);
    if (!stage)
        stage = file->wafers > (file->loose >= 0) ? "sort" : "final";
    snprintf(result->stage, sizeof result->stage, "%s", stage);
    result->run = file->options->run;
    if (result->run == 0)
        result->run = file->retest >= '0' && file->retest <= '9' ? file->retest - '0' + 1 : file->retest == 'Y' || file->retested ? 2 : 1;
}

static size_t count_parts(const struct stdf_file *file, int wafer, size_t *first)
{
    size_t low = 0, high = file->parts, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (file->part[middle].wafer < wafer)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < file->parts && file->part[end].wafer == wafer;)
        end++;
    *first = low;
    return end - low;
}

/* ---- what the file counts itself ---- */

/* Says where a count of a summary record is neither that of all parts nor that of those that count. */
static void compare_count(fab_context *context, const struct fab_stdf_result *result, const char *record, uint64_t count)
{
    uint64_t all = (uint64_t)result->parts, valid = (uint64_t)(result->parts - result->superseded);
    if (count != all && count != valid)
        fab_say(context, FAB_LEVEL_WARNING, "%s: %s counts %llu parts, the file has %llu%s; those of the file are taken", result->path, record,
                (unsigned long long)count, (unsigned long long)all, all != valid ? " (some of them tested again)" : "");
}

static uint64_t sum_bins(const struct stdf_file *file, bool *given)
{
    uint64_t total = 0, sites = 0;
    bool has_total = false;
    for (int b = 0; b < STDF_BINS; b++) {
        struct stdf_bin bin = stdf_bin_of(file, b);
        has_total = has_total || bin.has_total;
        total += bin.total;
        sites += bin.sites;
    }
    *given = total + sites > 0;
    return has_total ? total : sites;
}

static int64_t count_good(const struct stdf_file *file)
{
    int64_t good = 0;
    for (size_t p = 0; p < file->parts; p++)
        good += !file->part[p].superseded && file->part[p].good;
    return good;
}

/* PRR against PCR and the bins; WRR is compared wafer by wafer. */
static void compare_file(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result)
{
    const struct stdf_counts *counts = file->total.given ? &file->total : &file->sites;
    bool binned = false;
    uint64_t bins = sum_bins(file, &binned);
    if (file->parts == 0)
        return;
    if (file->lost > 0)
        fab_say(context, FAB_LEVEL_WARNING, "%s: %d part%s without results (PIR without PRR), not counted", result->path, file->lost,
                file->lost == 1 ? " begins" : "s begin");
    if (counts->given)
        compare_count(context, result, "PCR", counts->parts);
    if (counts->given && !counts->lacks_good && result->superseded == 0 && counts->good != (uint64_t)count_good(file))
        fab_say(context, FAB_LEVEL_WARNING, "%s: PCR counts %llu good parts, the file has %lld; those of the file are taken", result->path,
                (unsigned long long)counts->good, (long long)count_good(file));
    if (binned)
        compare_count(context, result, file->options->soft_bins ? "SBR" : "HBR", bins);
}

/* A text that may be shown: where it is not UTF-8, other bytes than ASCII become ?. */
static void copy_text(const char *text, char copy[FAB_STDF_NAME_SIZE])
{
    bool plain = fab_utf8_valid_length(text, strlen(text)) < strlen(text);
    snprintf(copy, FAB_STDF_NAME_SIZE, "%s", text);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < ' ' || (plain && (unsigned char)*c >= 0x80))
            *c = '?';
}

/* Rows of a wafer, or a warning that it gives none. */
static fab_status add_wafer(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                            const struct stdf_wafer *wafer)
{
    size_t first = 0, count = count_parts(file, wafer->same, &first);
    fab_status status = FAB_OK;
    if (count == 0)
        return stdf_add_summary(context, file, result, wafer, result->wafers);
    TRY(stdf_add_counted(context, file, result, wafer, file->part + first, count));
    TRY(stdf_list_add(context, file, result, wafer, file->part + first, count));
out:
    return status;
}

static fab_status make_result(fab_context *context, struct stdf_file *file, struct fab_stdf_result *result)
{
    struct stdf_wafer **order = NULL;
    fab_status status = FAB_OK;
    TRY(name_wafers(context, file));
    TRY(join_wafers(context, file, &order, &result->wafers));
    TRY_MEMORY(context, stdf_tables_make(result));
    result->parts = (int64_t)file->parts;
    result->superseded = stdf_supersede_parts(file);
    find_stage(file, result);
    compare_file(context, file, result);
    for (int w = 0; w < result->wafers; w++)
        TRY(add_wafer(context, file, result, order[w]));
    copy_text(file->lot, result->lot);
    copy_text(file->product, result->product);
out:
    free(order);
    return status;
}

fab_status fab_stdf_read(fab_context *context, const char *path, const struct fab_stdf_options *options, struct fab_stdf_result *result)
{
    static const struct fab_stdf_options defaults = {0};
    struct stdf_file file = {.options = options ? options : &defaults};
    const char *stage = file.options->stage;
    fab_status status = FAB_OK;
    *result = (struct fab_stdf_result){.path = path};
    if (stage && strcmp(stage, "sort") != 0 && strcmp(stage, "final") != 0)
        TRY(fab_fail_as(context, FAB_USAGE, "request.stage", "stage is '%s', must be sort or final", stage));
    if (file.options->run < 0)
        TRY(fab_fail_as(context, FAB_USAGE, "request.run", "run is %d, must be 1 or more", file.options->run));
    TRY(stdf_file_read(context, path, &file));
    TRY(make_result(context, &file, result));
out:
    if (status != FAB_OK)
        fab_stdf_result_fini(result);
    stdf_file_fini(&file);
    return status;
}
