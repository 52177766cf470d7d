/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counts.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

static fab_status check_wafers(fab_context *context, const fab_wafer_result *wafers, size_t count)
{
    if (count == 0)
        return fab_fail(context, FAB_INPUT, "no wafers");
    for (size_t i = 0; i < count; i++)
        if (wafers[i].tested < 1 || wafers[i].tested > FAB_TESTED_MAX || wafers[i].good < 0 || wafers[i].good > wafers[i].tested)
            return fab_fail(context, FAB_INPUT, "wafer %zu: %d good of %d tested", i + 1, (int)wafers[i].good, (int)wafers[i].tested);
    return FAB_OK;
}

static int compare_cells(const void *left, const void *right)
{
    const fab_count_cell *a = left, *b = right;
    if (a->tested != b->tested)
        return a->tested < b->tested ? -1 : 1;
    return (a->good > b->good) - (a->good < b->good);
}

static void merge_equal_cells(fab_counts *counts)
{
    size_t last = 0;
    for (size_t i = 1; i < counts->cell_count; i++)
        if (compare_cells(&counts->cells[last], &counts->cells[i]) == 0)
            counts->cells[last].wafers += counts->cells[i].wafers;
        else
            counts->cells[++last] = counts->cells[i];
    counts->cell_count = last + 1;
}

fab_status fab_counts_init(fab_context *context, const fab_wafer_result *wafers, size_t count, fab_counts *counts)
{
    *counts = (fab_counts){0};
    fab_counts made = {.cell_count = count, .wafers = (double)count};
    fab_status status = FAB_OK;
    TRY(check_wafers(context, wafers, count));
    TRY_MEMORY(context, made.cells = calloc(count, sizeof *made.cells));
    for (size_t i = 0; i < count; i++) {
        made.cells[i] = (fab_count_cell){.tested = wafers[i].tested, .good = wafers[i].good, .wafers = 1};
        made.tested += wafers[i].tested;
        made.good += wafers[i].good;
        made.tested_max = wafers[i].tested > made.tested_max ? wafers[i].tested : made.tested_max;
    }
    qsort(made.cells, count, sizeof *made.cells, compare_cells);
    merge_equal_cells(&made);
    *counts = made;
out:
    return status;
}

void fab_counts_fini(fab_counts *counts)
{
    free(counts->cells);
    *counts = (fab_counts){0};
}

/* By lot; then by all the rest, so that the order of the input means nothing to the last bit of the sums. */
static int compare_wafers(const void *left, const void *right)
{
    const fab_wafer_result *a = left, *b = right;
    if (a->lot != b->lot)
        return a->lot < b->lot ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->tested != b->tested)
        return a->tested < b->tested ? -1 : 1;
    return (a->good > b->good) - (a->good < b->good);
}

static fab_lot_result add_up_lot(const fab_wafer_result *wafers, size_t count)
{
    fab_lot_result lot = {.lot = wafers->lot, .wafers = (int32_t)count};
    double days = 0;
    for (size_t i = 0; i < count; i++) {
        lot.tested += wafers[i].tested;
        lot.good += wafers[i].good;
        days += wafers[i].day;
    }
    lot.day = (int32_t)floor(days / (double)count + 0.5);
    double yield = lot.good / lot.tested;
    for (size_t i = 0; i < count && yield > 0 && yield < 1; i++) {
        double off = wafers[i].good - wafers[i].tested * yield;
        lot.chi_square += off * off / (wafers[i].tested * yield * (1 - yield));
    }
    return lot;
}

static double pooled_dispersion(const fab_lots *lots)
{
    double chi_square = 0, freedom = 0;
    for (size_t i = 0; i < lots->count; i++) {
        chi_square += lots->lots[i].chi_square;
        freedom += lots->lots[i].wafers - 1;
    }
    return freedom > 0 ? fmax(1, chi_square / freedom) : 1;
}

fab_status fab_lots_init(fab_context *context, const fab_wafer_result *wafers, size_t count, fab_lots *lots)
{
    fab_wafer_result *sorted = NULL;
    fab_lots made = {0};
    fab_status status = FAB_OK;
    *lots = made;
    TRY(check_wafers(context, wafers, count));
    TRY_MEMORY(context, sorted = calloc(count, sizeof *sorted));
    TRY_MEMORY(context, made.lots = calloc(count, sizeof *made.lots));
    for (size_t i = 0; i < count; i++)
        sorted[i] = wafers[i];
    qsort(sorted, count, sizeof *sorted, compare_wafers);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && sorted[end].lot == sorted[first].lot;)
            end++;
        made.lots[made.count++] = add_up_lot(sorted + first, end - first);
    }
    made.wafer_dispersion = pooled_dispersion(&made);
    *lots = made;
    made.lots = NULL;
out:
    free(made.lots);
    free(sorted);
    return status;
}

void fab_lots_fini(fab_lots *lots)
{
    free(lots->lots);
    *lots = (fab_lots){0};
}
