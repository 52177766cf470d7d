/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf.h"

#include "dictionary.h"
#include "stdf_rows.h"
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

static fab_status name_wafers(fab_context *context, struct stdf_file *file)
{
    for (int w = 0; w < file->wafers; w++) {
        struct stdf_wafer *wafer = &file->wafer[w];
        if (!wafer->name)
            return fab_stdf_fail(context, file->stream, wafer->offset, "a wafer without WAFER_ID in WIR and WRR");
        if (file->options->lot_in_name && w != file->loose) {
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

/* ---- parts ---- */

static int compare_numbers(const struct stdf_part *a, const struct stdf_part *b)
{
    return a->number < b->number ? -1 : a->number > b->number;
}

/* By wafer and place, parts without a place behind; then in the order of the file. */
static int compare_places(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    if (a->wafer != b->wafer)
        return a->wafer < b->wafer ? -1 : 1;
    if (stdf_has_place(a) != stdf_has_place(b))
        return stdf_has_place(a) ? -1 : 1;
    if (stdf_has_place(a) && a->y != b->y)
        return a->y < b->y ? -1 : 1;
    if (stdf_has_place(a) && a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return compare_numbers(a, b);
}

/* By wafer and id; then in the order of the file. */
static int compare_ids(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    if (a->wafer != b->wafer)
        return a->wafer < b->wafer ? -1 : 1;
    int order = strcmp(a->id, b->id);
    return order ? order : compare_numbers(a, b);
}

/* By wafer and bin, superseded parts behind. */
static int compare_bins(const void *left, const void *right)
{
    const struct stdf_part *a = left, *b = right;
    if (a->wafer != b->wafer)
        return a->wafer < b->wafer ? -1 : 1;
    if (a->superseded != b->superseded)
        return a->superseded ? 1 : -1;
    if (a->bin != b->bin)
        return a->bin < b->bin ? -1 : 1;
    return compare_numbers(a, b);
}

static void sort_parts(struct stdf_file *file, int (*compare)(const void *, const void *))
{
    if (file->parts > 0)
        qsort(file->part, file->parts, sizeof *file->part, compare);
}

/* The last part of a place counts. */
static void supersede_places(struct stdf_file *file)
{
    sort_parts(file, compare_places);
    for (size_t p = 1; p < file->parts; p++) {
        struct stdf_part *a = &file->part[p - 1], *b = &file->part[p];
        if (a->wafer == b->wafer && stdf_has_place(a) && stdf_has_place(b) && a->x == b->x && a->y == b->y)
            a->superseded = true;
    }
}

/* A part that repeats an id supersedes all earlier ones of the id, and does so even if it is superseded itself. */
static void supersede_ids(struct stdf_file *file)
{
    bool repeated = false; /* by a part behind the one looked at */
    sort_parts(file, compare_ids);
    for (size_t p = file->parts; p-- > 1;) {
        struct stdf_part *a = &file->part[p - 1], *b = &file->part[p];
        bool same = a->wafer == b->wafer && b->id[0] && strcmp(a->id, b->id) == 0;
        repeated = same && (repeated || b->by_id);
        a->superseded = a->superseded || repeated;
    }
}

/* Marks the superseded parts and settles the verdict of every part; returns how many are superseded. */
static int64_t supersede_parts(struct stdf_file *file)
{
    int64_t count = 0;
    supersede_places(file);
    supersede_ids(file);
    for (size_t p = 0; p < file->parts; p++) {
        struct stdf_part *part = &file->part[p];
        count += part->superseded;
        if (part->no_verdict)
            part->good = stdf_bin_of(file, part->bin).mark == 'P';
    }
    return count;
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

static bool make_tables(struct fab_stdf_result *result)
{
    static const char *const test[] = {"wafer", "stage", "run", "time", "tested", "good"};
    static const char *const bin[] = {"wafer", "stage", "run", "bin", "count"};
    static const char *const map[] = {"wafer", "stage", "run", "map"};
    result->wafer_test = fab_table_new("wafer_test", test, (int)(sizeof test / sizeof *test));
    result->wafer_bin = fab_table_new("wafer_bin", bin, (int)(sizeof bin / sizeof *bin));
    result->die_map = fab_table_new("die_map", map, (int)(sizeof map / sizeof *map));
    return result->wafer_test && result->wafer_bin && result->die_map;
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
    return count > 0 ? stdf_add_counted(context, file, result, wafer, file->part + first, count)
                     : stdf_add_summary(context, file, result, wafer, result->wafers);
}

static fab_status make_result(fab_context *context, struct stdf_file *file, struct fab_stdf_result *result)
{
    struct stdf_wafer **order = NULL;
    fab_status status = FAB_OK;
    TRY(name_wafers(context, file));
    TRY(join_wafers(context, file, &order, &result->wafers));
    TRY_MEMORY(context, make_tables(result));
    result->parts = (int64_t)file->parts;
    result->superseded = supersede_parts(file);
    find_stage(file, result);
    sort_parts(file, compare_bins);
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
    *result = (struct fab_stdf_result){0};
    if (stage && strcmp(stage, "sort") != 0 && strcmp(stage, "final") != 0)
        TRY(fab_fail(context, FAB_USAGE, "stage is '%s', must be sort or final", stage));
    if (file.options->run < 0)
        TRY(fab_fail(context, FAB_USAGE, "run is %d, must be 1 or more", file.options->run));
    TRY(stdf_file_read(context, path, &file));
    TRY(make_result(context, &file, result));
out:
    if (status != FAB_OK)
        fab_stdf_result_fini(result);
    stdf_file_fini(&file);
    return status;
}

void fab_stdf_result_fini(struct fab_stdf_result *result)
{
    fab_table_free(result->wafer_test);
    fab_table_free(result->wafer_bin);
    fab_table_free(result->die_map);
    *result = (struct fab_stdf_result){0};
}
