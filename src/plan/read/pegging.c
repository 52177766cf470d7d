/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pegging.h"

#include "array.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>

/* Units below this part of a use or an arrival are rounding. */
#define ROUNDING 1e-12

/* ---- what comes and goes ---- */

struct reading {
    const fab_plan *plan;
    struct fab_pegging *pegging;
};

static void add_arrival(struct fab_pegging *pegging, const struct fab_peg_arrival *arrival)
{
    if (arrival->quantity <= 0 || pegging->failed)
        return;
    pegging->failed = !FAB_ARRAY_ROOM(&pegging->arrival, pegging->arrival_count, &pegging->arrival_capacity);
    if (!pegging->failed)
        pegging->arrival[pegging->arrival_count++] = *arrival;
}

static void add_use(struct fab_pegging *pegging, const struct fab_peg_use *use)
{
    if (use->quantity <= 0 || pegging->failed)
        return;
    pegging->failed = !FAB_ARRAY_ROOM(&pegging->use, pegging->use_count, &pegging->use_capacity);
    if (!pegging->failed)
        pegging->use[pegging->use_count++] = *use;
}

static void read_arrival(const struct reading *reading, struct fab_tag row, struct fab_tag column, double amount)
{
    struct fab_peg_arrival arrival = {row.a, row.period, FAB_PEG_SOURCE, column.a, FAB_NONE, amount};
    if (column.family == FAB_X)
        arrival.start = column.period;
    else if (column.family == FAB_GO || column.family == FAB_GO_IN)
        arrival.from = FAB_PEG_WIP;
    else if (column.family == FAB_M)
        arrival.from = FAB_PEG_SUBSTITUTE;
    else
        return; /* stock of the period before */
    add_arrival(reading->pegging, &arrival);
}

static void read_use(const struct reading *reading, struct fab_tag row, struct fab_tag column, double amount)
{
    struct fab_peg_use use = {.item = row.a, .period = row.period, .to = FAB_PEG_GONE, .key = column.a, .start = FAB_NONE, .quantity = amount};
    if (column.family == FAB_I)
        return;
    if (column.family == FAB_Y) {
        use.to = FAB_PEG_SHIPMENT;
        use.rank = reading->plan->terms->due_period[column.a];
    } else if (column.family == FAB_X) {
        use.to = FAB_PEG_START;
        use.start = column.period;
    } else if (column.family == FAB_M) {
        use.to = FAB_PEG_SERVED;
        use.start = row.period;
    }
    add_use(reading->pegging, &use);
}

static void read_addend(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct reading *reading = user;
    if (amount > 0)
        read_arrival(reading, row, column, amount);
    else if (amount < 0)
        read_use(reading, row, column, -amount);
}

/* Stock on hand and open orders. False when memory is short. */
static bool read_given(const struct reading *reading)
{
    const fab_terms *terms = reading->plan->terms;
    const fab_model *model = terms->model;
    double *arrives = fab_view_receipts(reading->plan);
    for (int i = 0; i < model->item_count; i++)
        add_arrival(reading->pegging, &(struct fab_peg_arrival){i, FAB_NONE, FAB_PEG_STOCK, i, FAB_NONE, terms->on_hand[i]});
    for (int r = 0; arrives && r < model->receipt_count; r++)
        add_arrival(reading->pegging, &(struct fab_peg_arrival){model->receipt[r].item, fab_terms_find_period(terms, model->receipt[r].date), FAB_PEG_RECEIPT, r, FAB_NONE, arrives[r]});
    free(arrives);
    return arrives != NULL;
}

/* ---- order ---- */

static int compare(const int a[], const int b[], int count)
{
    for (int k = 0; k < count; k++)
        if (a[k] != b[k])
            return a[k] < b[k] ? -1 : 1;
    return 0;
}

static int by_arrival(const void *left, const void *right)
{
    const struct fab_peg_arrival *a = left, *b = right;
    const int keys[2][5] = {{a->item, a->period, (int)a->from, a->key, a->start}, {b->item, b->period, (int)b->from, b->key, b->start}};
    return compare(keys[0], keys[1], 5);
}

static int by_use(const void *left, const void *right)
{
    const struct fab_peg_use *a = left, *b = right;
    const int keys[2][6] = {{a->item, a->period, (int)a->to, a->rank, a->key, a->start}, {b->item, b->period, (int)b->to, b->rank, b->key, b->start}};
    return compare(keys[0], keys[1], 6);
}

static int compare_taking(const struct fab_peg_use *use, fab_peg_to to, int key, int start)
{
    const int keys[2][3] = {{(int)use->to, use->key, use->start}, {(int)to, key, start}};
    return compare(keys[0], keys[1], 3);
}

/* Sorts the indices of taking by their uses: a merge sort, as qsort does not pass the uses on. */
static void sort_taking(struct fab_pegging *pegging, int *spare, int begin, int end)
{
    int middle = begin + (end - begin) / 2;
    if (end - begin < 2)
        return;
    sort_taking(pegging, spare, begin, middle);
    sort_taking(pegging, spare, middle, end);
    for (int k = begin, left = begin, right = middle; k < end; k++) {
        const struct fab_peg_use *use = right < end ? &pegging->use[pegging->taking[right]] : NULL;
        bool first = !use || (left < middle && compare_taking(&pegging->use[pegging->taking[left]], use->to, use->key, use->start) <= 0);
        spare[k] = first ? pegging->taking[left++] : pegging->taking[right++];
    }
    for (int k = begin; k < end; k++)
        pegging->taking[k] = spare[k];
}

static bool index_taking(struct fab_pegging *pegging)
{
    int *spare = calloc((size_t)pegging->use_count + 1, sizeof *spare);
    pegging->taking = calloc((size_t)pegging->use_count + 1, sizeof *pegging->taking);
    for (int u = 0; spare && pegging->taking && u < pegging->use_count; u++)
        if (pegging->use[u].to == FAB_PEG_START || pegging->use[u].to == FAB_PEG_SERVED)
            pegging->taking[pegging->taking_count++] = u;
    if (spare && pegging->taking)
        sort_taking(pegging, spare, 0, pegging->taking_count);
    bool complete = spare && pegging->taking;
    free(spare);
    return complete;
}

int fab_pegging_find(const struct fab_pegging *pegging, fab_peg_to to, int key, int start, int *first)
{
    int low = 0, high = pegging->taking_count, count = 0;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (compare_taking(&pegging->use[pegging->taking[middle]], to, key, start) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low + count < pegging->taking_count && compare_taking(&pegging->use[pegging->taking[low + count]], to, key, start) == 0)
        count++;
    return count;
}

/* ---- first in, first out ---- */

static void add_match(struct fab_pegging *pegging, struct fab_peg_use *use, int arrival, double quantity)
{
    if (!pegging->failed)
        pegging->failed = !FAB_ARRAY_ROOM(&pegging->match, pegging->match_count, &pegging->match_capacity);
    if (pegging->failed)
        return;
    pegging->match[pegging->match_count++] = (struct fab_peg_match){arrival, quantity};
    use->count++;
    use->matched += quantity;
}

/* Takes from the arrivals of an item from *next on, of which `left` is left, what has arrived by the period of the use. */
static void match_use(struct fab_pegging *pegging, struct fab_peg_use *use, int *next, double *left)
{
    double missing = use->quantity;
    use->first = pegging->match_count;
    while (missing > ROUNDING * use->quantity && *next < pegging->arrival_count) {
        const struct fab_peg_arrival *arrival = &pegging->arrival[*next];
        if (arrival->item != use->item || arrival->period > use->period)
            break;
        double taken = fmin(missing, *left);
        if (taken > 0)
            add_match(pegging, use, *next, taken);
        missing -= taken;
        *left -= taken;
        if (*left > ROUNDING * arrival->quantity)
            break;
        *left = ++*next < pegging->arrival_count ? pegging->arrival[*next].quantity : 0;
    }
}

static void match_all(struct fab_pegging *pegging)
{
    int next = 0, item = FAB_NONE;
    double left = 0;
    for (int u = 0; u < pegging->use_count && !pegging->failed; u++) {
        struct fab_peg_use *use = &pegging->use[u];
        if (use->item != item) {
            item = use->item;
            while (next < pegging->arrival_count && pegging->arrival[next].item < item)
                next++;
            left = next < pegging->arrival_count ? pegging->arrival[next].quantity : 0;
        }
        match_use(pegging, use, &next, &left);
    }
}

bool fab_pegging_make(const fab_plan *plan, struct fab_pegging *pegging)
{
    const struct reading reading = {plan, pegging};
    *pegging = (struct fab_pegging){0};
    fab_view_each_addend(plan, FAB_BAL, read_addend, (void *)&reading);
    pegging->failed = !read_given(&reading) || pegging->failed;
    if (pegging->arrival_count > 0)
        qsort(pegging->arrival, (size_t)pegging->arrival_count, sizeof *pegging->arrival, by_arrival);
    if (pegging->use_count > 0)
        qsort(pegging->use, (size_t)pegging->use_count, sizeof *pegging->use, by_use);
    match_all(pegging);
    return !pegging->failed && index_taking(pegging);
}

void fab_pegging_free(struct fab_pegging *pegging)
{
    free(pegging->arrival);
    free(pegging->use);
    free(pegging->match);
    free(pegging->taking);
}
