/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_rows.h"

#include "date.h"
#include "dictionary.h"
#include "die_map.h"

#include <stdio.h>
#include <string.h>

enum { TIME_TEXT_SIZE = 32, SECONDS_A_DAY = 86400 };

/* ---- rows ---- */

static const char *print_time(uint32_t seconds, char text[TIME_TEXT_SIZE])
{
    char day[FAB_DATE_TEXT_SIZE];
    unsigned second = seconds % SECONDS_A_DAY;
    fab_date_print((int32_t)(seconds / SECONDS_A_DAY), day);
    snprintf(text, TIME_TEXT_SIZE, "%.10sT%02u:%02u:%02u", day, second / 3600, second / 60 % 60, second % 60);
    return text;
}

/* A row that begins with wafer, stage, run; NULL when memory is short. */
static fab_value *add_row(fab_table *table, const struct fab_stdf_result *result, const char *wafer)
{
    const char *name = fab_table_keep(table, wafer), *stage = fab_table_keep(table, result->stage);
    fab_value *row = name && stage ? fab_table_add_row(table) : NULL;
    if (row) {
        row[0] = fab_text(name);
        row[1] = fab_text(stage);
        row[2] = fab_integer(result->run);
    }
    return row;
}

uint32_t stdf_time_of(const struct stdf_file *file, const struct stdf_wafer *wafer)
{
    const uint32_t times[] = {wafer->start, wafer->finish, file->start, file->setup};
    uint32_t time = 0;
    for (size_t i = 0; i < sizeof times / sizeof *times && time == 0; i++)
        time = times[i];
    return time;
}

static bool add_test(const struct stdf_file *file, const struct fab_stdf_result *result, const struct stdf_wafer *wafer, int64_t tested,
                     int64_t good)
{
    char text[TIME_TEXT_SIZE];
    const char *kept = fab_table_keep(result->wafer_test, print_time(stdf_time_of(file, wafer), text));
    fab_value *row = kept ? add_row(result->wafer_test, result, wafer->name) : NULL;
    if (!row)
        return false;
    row[3] = fab_text(kept);
    row[4] = fab_integer(tested);
    row[5] = fab_integer(good);
    return true;
}

static bool add_bin(const struct fab_stdf_result *result, const struct stdf_wafer *wafer, int bin, int64_t count)
{
    fab_value *row = add_row(result->wafer_bin, result, wafer->name);
    if (!row)
        return false;
    row[3] = fab_integer(bin);
    row[4] = fab_integer(count);
    return true;
}

/* ---- maps ---- */

struct box {
    int left, right, low, high, count;
};

static struct box find_box(const struct stdf_part *parts, size_t count)
{
    struct box box = {INT16_MAX, INT16_MIN, INT16_MAX, INT16_MIN, 0};
    for (size_t p = 0; p < count; p++)
        if (stdf_has_place(&parts[p])) {
            box.left = parts[p].x < box.left ? parts[p].x : box.left;
            box.right = parts[p].x > box.right ? parts[p].x : box.right;
            box.low = parts[p].y < box.low ? parts[p].y : box.low;
            box.high = parts[p].y > box.high ? parts[p].y : box.high;
            box.count++;
        }
    return box;
}

static fab_status add_map(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                          const struct stdf_wafer *wafer, const struct stdf_part *parts, size_t count)
{
    char map[FAB_TEXT_MAX + 1];
    struct box box = find_box(parts, count);
    if (box.count == 0)
        return FAB_OK;
    int64_t width = (int64_t)box.right - box.left + 2, length = width * ((int64_t)box.high - box.low + 1) - 1;
    if (length > FAB_TEXT_MAX) {
        fab_say(context, FAB_LEVEL_WARNING, "wafer %s: no die map, it would have %lld characters, must be at most %d", wafer->name,
                (long long)length, FAB_TEXT_MAX);
        return FAB_OK;
    }
    memset(map, FAB_DIE_MAP_NONE, (size_t)length);
    map[length] = '\0';
    for (int64_t i = width - 1; i < length; i += width)
        map[i] = FAB_DIE_MAP_ROW;
    for (size_t p = 0; p < count; p++) {
        int row = file->positive_y == 'U' ? box.high - parts[p].y : parts[p].y - box.low;
        int column = file->positive_x == 'L' ? box.right - parts[p].x : parts[p].x - box.left;
        if (stdf_has_place(&parts[p]))
            map[row * width + column] = fab_die_map_character(parts[p].bin);
    }
    const char *kept = fab_table_keep(result->die_map, map);
    fab_value *cells = kept ? add_row(result->die_map, result, wafer->name) : NULL;
    if (!cells)
        return fab_fail_memory(context);
    cells[3] = fab_text(kept);
    return FAB_OK;
}

/* ---- wafers ---- */

static void compare_counts(fab_context *context, const struct stdf_wafer *wafer, size_t valid, size_t all, int64_t good)
{
    bool parts = wafer->parts == STDF_NO_COUNT || wafer->parts == valid || wafer->parts == all;
    bool right = wafer->good == STDF_NO_COUNT || wafer->good == (uint64_t)good || valid != all;
    if (!wafer->several && !(parts && right))
        fab_say(context, FAB_LEVEL_WARNING,
                "wafer %s: WRR counts %u parts and %u good ones, the file has %zu and %lld; those of the file are taken", wafer->name,
                (unsigned)wafer->parts, (unsigned)wafer->good, valid, (long long)good);
}

/* parts: by bin. */
static void check_bins(fab_context *context, const struct stdf_wafer *wafer, const struct stdf_part *parts, size_t count)
{
    enum { HIGHEST_BIN = 32767 }; /* of the standard; 65535 is what some testers write for none */
    size_t first = count;
    while (first > 0 && parts[first - 1].bin > HIGHEST_BIN)
        first--;
    if (first < count)
        fab_say(context, FAB_LEVEL_WARNING, "wafer %s: %zu part%s with bin %u, must be at most %d; they count", wafer->name, count - first,
                count - first == 1 ? "" : "s", (unsigned)parts[count - 1].bin, HIGHEST_BIN);
}

fab_status stdf_add_counted(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                            const struct stdf_wafer *wafer, const struct stdf_part *parts, size_t count)
{
    size_t valid = 0;
    int64_t good = 0;
    for (; valid < count && !parts[valid].superseded; valid++)
        good += parts[valid].good;
    if (!add_test(file, result, wafer, (int64_t)valid, good))
        return fab_fail_memory(context);
    for (size_t p = 0, end; p < valid; p = end) {
        for (end = p + 1; end < valid && parts[end].bin == parts[p].bin;)
            end++;
        if (!add_bin(result, wafer, parts[p].bin, (int64_t)(end - p)))
            return fab_fail_memory(context);
    }
    compare_counts(context, wafer, valid, count, good);
    check_bins(context, wafer, parts, valid);
    return add_map(context, file, result, wafer, parts, valid);
}

static uint64_t bin_count(const struct stdf_file *file, int bin, bool totals)
{
    struct stdf_bin row = stdf_bin_of(file, bin);
    return totals ? row.total : row.sites;
}

/* Bins of the only wafer of a file without parts, when they sum to what was tested. */
static fab_status add_summary_bins(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                                   const struct stdf_wafer *wafer)
{
    bool totals = false;
    uint64_t sum = 0;
    for (int b = 0; b < STDF_BINS && !totals; b++)
        totals = stdf_bin_of(file, b).has_total;
    for (int b = 0; b < STDF_BINS; b++)
        sum += bin_count(file, b, totals);
    if (sum != wafer->parts) {
        fab_say(context, FAB_LEVEL_WARNING, "wafer %s: the bins of the file hold %llu die and WRR %u: they are left out", wafer->name,
                (unsigned long long)sum, (unsigned)wafer->parts);
        return FAB_OK;
    }
    for (int b = 0; b < STDF_BINS; b++)
        if (bin_count(file, b, totals) > 0 && !add_bin(result, wafer, b, (int64_t)bin_count(file, b, totals)))
            return fab_fail_memory(context);
    return FAB_OK;
}

fab_status stdf_add_summary(fab_context *context, const struct stdf_file *file, const struct fab_stdf_result *result,
                            const struct stdf_wafer *wafer, int wafers)
{
    if (wafer->several || wafer->parts == STDF_NO_COUNT || wafer->good == STDF_NO_COUNT || wafer->parts == 0) {
        fab_say(context, FAB_LEVEL_WARNING, "wafer %s: no parts and no counts, left out", wafer->name);
        return FAB_OK;
    }
    if (wafer->good > wafer->parts || wafer->parts > INT32_MAX)
        return fab_stdf_fail(context, file->stream, wafer->offset, "wafer %s: WRR has %u good of %u parts", wafer->name,
                             (unsigned)wafer->good, (unsigned)wafer->parts);
    if (!add_test(file, result, wafer, wafer->parts, wafer->good))
        return fab_fail_memory(context);
    return wafers == 1 ? add_summary_bins(context, file, result, wafer) : FAB_OK;
}
