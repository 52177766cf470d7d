/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "die_map.h"

#include <math.h>
#include <string.h>

/* Bins of failing die and how often each is the cause; a bad tool leaves leakage. */
static const struct {
    const char *name;
    double share, excursion_share;
} fails[SIM_FAIL_BINS] = {
    {"open or short", 0.31, 0.12}, {"leakage", 0.22, 0.55}, {"scan", 0.16, 0.12},   {"memory self-test", 0.12, 0.09},
    {"functional", 0.08, 0.05},    {"speed", 0.06, 0.03},   {"analog", 0.03, 0.02}, {"other", 0.02, 0.02},
};

/* Yield of the final test, share of the good die that a run 1 with bad contact loses. */
static const double FINAL_YIELD = 0.985, CONTACT_LOSS = 0.06;

/* Hours from process-out to the sort of a lot, between its wafers, and days on to the final test. */
static const double SORT_HOURS_MIN = 4, SORT_HOURS_SPREAD = 60, WAFER_HOURS = 0.4, RETEST_HOURS = 14, FINAL_DAYS_MIN = 10,
                    FINAL_DAYS_SPREAD = 8;

#define SECONDS_AN_HOUR 3600.0

enum { BINS_MAX = SIM_GOOD_BINS + SIM_FAIL_BINS + 1 };

/* What one test of a wafer found. */
struct result {
    int tested, good, bins;
    int bin[BINS_MAX], count[BINS_MAX];
};

/* ---- rows ---- */

static void write_test_key(fab_table_file *file, const char *wafer, const char *stage, int run)
{
    fab_table_file_text(file, wafer);
    fab_table_file_text(file, stage);
    fab_table_file_number(file, run);
}

static void write_result(struct sim *sim, const char *wafer, const char *stage, int run, int64_t time, const struct result *result)
{
    fab_table_file *test = &sim->file[SIM_WAFER_TEST], *bin = &sim->file[SIM_WAFER_BIN];
    write_test_key(test, wafer, stage, run);
    fab_table_file_time(test, time);
    fab_table_file_number(test, result->tested);
    fab_table_file_number(test, result->good);
    fab_table_file_end_row(test);
    for (int b = 0; b < result->bins; b++)
        if (result->count[b] > 0) {
            write_test_key(bin, wafer, stage, run);
            fab_table_file_number(bin, result->bin[b]);
            fab_table_file_number(bin, result->count[b]);
            fab_table_file_end_row(bin);
        }
}

static void write_bin(struct sim *sim, const char *item, int number, const char *name, bool good, const char *sells_as)
{
    fab_table_file *file = &sim->file[SIM_BIN];
    fab_table_file_text(file, item);
    fab_table_file_number(file, number);
    fab_table_file_text(file, name);
    fab_table_file_number(file, good);
    fab_table_file_text(file, sells_as);
    fab_table_file_end_row(file);
}

static void write_item_bins(struct sim *sim, int item)
{
    const fab_model *model = sim->model;
    const char *id = fab_csv_field_of(sim->arena, model->item[item].item);
    int outputs = sim_output_rank(model, item, model->item_count), rest_bin = outputs + 1 < SIM_GOOD_BINS ? outputs + 1 : SIM_GOOD_BINS;
    for (int i = 0; i < model->item_count; i++) {
        int rank = sim_output_rank(model, item, i);
        if (sim_output_rank(model, item, i + 1) > rank && rank + 1 < SIM_GOOD_BINS)
            write_bin(sim, id, rank + 1, fab_csv_field_of(sim->arena, model->item[i].item), true,
                      fab_csv_field_of(sim->arena, model->item[i].item));
    }
    write_bin(sim, id, rest_bin, outputs > 0 ? "good; no item" : "good", true, outputs > 0 ? NULL : id);
    for (int f = 0; f < SIM_FAIL_BINS; f++)
        write_bin(sim, id, SIM_FIRST_FAIL_BIN + f, fails[f].name, false, NULL);
    write_bin(sim, id, SIM_FINAL_FAIL_BIN, "final test", false, NULL);
}

void sim_write_bins(struct sim *sim)
{
    for (int s = 0; s < sim->source_count; s++) {
        bool first = true;
        for (int o = 0; o < s && first; o++)
            first = sim->source[o].row->item != sim->source[s].row->item;
        if (first)
            write_item_bins(sim, sim->source[s].row->item);
    }
}

/* ---- yield ---- */

/* P(at most R of Poisson(mean)). */
static double poisson_at_most(int repairable, double mean)
{
    double term = exp(-mean), sum = term;
    for (int k = 1; k <= repairable; k++)
        sum += term *= mean / k;
    return fmin(sum, 1);
}

struct sim_lot_test sim_lot_test_of(struct sim *sim, const struct sim_source *source, fab_random *random, int64_t out)
{
    struct sim_lot_test lot = {source, out, sim_defects_per_die(source, (int32_t)(out / SIM_SECONDS_A_DAY)), 0};
    double shape = source->alpha * sim->options.lot_share;
    if (source->mixing == SIM_TRIANGLE)
        lot.clusters = fab_random_uniform(random);
    else if (source->mixing == SIM_GAMMA && shape > 0)
        lot.clusters = fab_random_gamma(random, shape) / source->alpha;
    return lot;
}

static double draw_clusters(const struct sim *sim, const struct sim_lot_test *lot, fab_random *random)
{
    const struct sim_source *source = lot->source;
    if (source->mixing == SIM_NONE)
        return 1;
    if (source->mixing == SIM_TRIANGLE)
        return lot->clusters + fab_random_uniform(random);
    return lot->clusters + fab_random_gamma(random, source->alpha * (1 - sim->options.lot_share)) / source->alpha;
}

/* ---- counts ---- */

static void add_bin(struct result *result, int bin, int count)
{
    result->bin[result->bins] = bin;
    result->count[result->bins++] = count;
}

/* Good die over the good bins, the others over the fail bins: multinomial, one binomial after the other. */
static void draw_bins(const struct sim_source *source, bool excursion, fab_random *random, struct result *result)
{
    int left = result->good;
    double share = 1;
    result->bins = 0;
    for (int b = 0; b < source->good_bins; b++) {
        int count = b + 1 == source->good_bins ? left : fab_random_binomial(random, left, source->good_bin[b].share / share);
        add_bin(result, source->good_bin[b].bin, count);
        left -= count;
        share -= source->good_bin[b].share;
    }
    left = result->tested - result->good;
    share = 1;
    for (int f = 0; f < SIM_FAIL_BINS; f++) {
        double part = excursion ? fails[f].excursion_share : fails[f].share;
        int count = f + 1 == SIM_FAIL_BINS ? left : fab_random_binomial(random, left, part / share);
        add_bin(result, SIM_FIRST_FAIL_BIN + f, count);
        left -= count;
        share -= part;
    }
}

/* Run 1 of a retested wafer: some of the good die made no contact. */
static struct result lose_contact(const struct sim_source *source, const struct result *truth, fab_random *random)
{
    struct result result = *truth;
    int lost = 0;
    for (int b = 0; b < source->good_bins; b++) {
        int count = fab_random_binomial(random, truth->count[b], CONTACT_LOSS);
        result.count[b] -= count;
        lost += count;
    }
    result.good -= lost;
    result.count[source->good_bins] += lost; /* the first fail bin: open or short */
    return result;
}

static struct result draw_final(const struct sim_source *source, const struct result *sort, fab_random *random)
{
    struct result result = {.tested = sort->good, .good = sort->good};
    for (int b = 0; b < source->good_bins; b++) {
        int failed = fab_random_binomial(random, sort->count[b], 1 - FINAL_YIELD);
        add_bin(&result, sort->bin[b], sort->count[b] - failed);
        result.good -= failed;
    }
    add_bin(&result, SIM_FINAL_FAIL_BIN, result.tested - result.good);
    return result;
}

/* ---- die maps ---- */

/* Keys for sampling without replacement with weights (Efraimidis & Spirakis 2006: ln U / w, the largest are drawn): die near the edge and
 * near a cluster fail first. */
static void draw_keys(const struct sim_layout *layout, float *key, fab_random *random)
{
    static const double edge_weight = 2.5, cluster_weight = 8, cluster_mm = 18;
    const float *edge = layout->edge;
    int centre = fab_random_below(random, layout->count);
    for (int i = 0; i < layout->count; i++) {
        double dx = layout->x[i] - layout->x[centre], dy = layout->y[i] - layout->y[centre], square = (double)edge[i] * edge[i];
        double weight =
            1 + edge_weight * square * square * square + cluster_weight * exp(-(dx * dx + dy * dy) / (2 * cluster_mm * cluster_mm));
        key[i] = (float)(log(fab_random_uniform(random)) / weight);
    }
}

/* The rank-th largest of the keys (rank from 1), which are put into another order. Hoare's selection, O(count) on average. */
static float select_key(float *key, int count, int rank)
{
    int low = 0, high = count - 1, wanted = rank - 1;
    while (low < high) {
        float pivot = key[low + (high - low) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (key[i] > pivot)
                i++;
            while (key[j] < pivot)
                j--;
            if (i <= j) {
                float swapped = key[i];
                key[i++] = key[j];
                key[j--] = swapped;
            }
        }
        if (wanted <= j)
            high = j;
        else if (wanted >= i)
            low = i;
        else
            break;
    }
    return key[wanted];
}

/* Takes one of the `total` die that are left in the bins from `first` on. */
static int take_die(int *left, int first, int total, fab_random *random)
{
    int at = fab_random_below(random, total), b = first;
    for (; at >= left[b]; b++)
        at -= left[b];
    left[b]--;
    return b;
}

/* Places the bins: the die with the largest keys fail. */
static void write_map(struct sim *sim, const char *wafer, int run, const struct sim_source *source, const struct result *result,
                      fab_random *random)
{
    const struct sim_layout *layout = &source->layout;
    fab_table_file *file = &sim->file[SIM_DIE_MAP];
    int left[BINS_MAX], good = result->good, failed = result->tested - good, above = 0;
    memcpy(left, result->count, sizeof left);
    memcpy(sim->map, layout->blank, layout->length + 1);
    draw_keys(layout, sim->key, random);
    memcpy(sim->key_order, sim->key, (size_t)layout->count * sizeof *sim->key);
    float threshold = failed > 0 ? select_key(sim->key_order, layout->count, failed) : INFINITY;
    for (int i = 0; i < layout->count; i++)
        above += sim->key[i] > threshold;
    int equal = failed - above; /* die with the threshold's own key that fail */
    for (int i = 0; i < layout->count; i++) {
        bool fails_here = sim->key[i] > threshold || (sim->key[i] == threshold && equal-- > 0);
        int b = fails_here ? take_die(left, source->good_bins, failed--, random) : take_die(left, 0, good--, random);
        sim->map[layout->place[i]] = fab_die_map_character(result->bin[b]);
    }
    write_test_key(file, wafer, "sort", run);
    fab_table_file_text(file, sim->map);
    fab_table_file_end_row(file);
}

/* ---- tests ---- */

static struct result draw_sort(struct sim *sim, const struct sim_lot_test *lot, bool excursion, fab_random *random)
{
    const struct sim_source *source = lot->source;
    double mean = lot->defects * draw_clusters(sim, lot, random) * (excursion ? sim->excursion.factor : 1);
    struct result result = {.tested = source->gross_die};
    result.good = fab_random_binomial(random, source->gross_die, source->systematic_yield * poisson_at_most(source->repairable, mean));
    draw_bins(source, excursion, random, &result);
    return result;
}

void sim_test_wafer(struct sim *sim, struct sim_source *source, const struct sim_lot_test *lot, const struct sim_wafer *wafer,
                    fab_random *random)
{
    struct result sort = draw_sort(sim, lot, wafer->excursion, random);
    bool retest = fab_random_chance(random, sim->options.retest_share);
    bool final = fab_random_chance(random, sim->options.final_share), map = fab_random_chance(random, sim->options.map_share);
    double hours = SORT_HOURS_MIN + SORT_HOURS_SPREAD * fab_random_uniform(random) + WAFER_HOURS * wafer->slot;
    int64_t time = lot->out + (int64_t)(SECONDS_AN_HOUR * hours), retest_time = time + (int64_t)(SECONDS_AN_HOUR * RETEST_HOURS);
    double final_days = FINAL_DAYS_MIN + FINAL_DAYS_SPREAD * fab_random_uniform(random);
    int64_t final_time = time + (int64_t)(SIM_SECONDS_A_DAY * final_days);
    int run = retest && retest_time < sim->end ? 2 : 1;
    if (time >= sim->end || (retest && run == 1)) /* a run 1 alone would be taken for the truth */
        return;
    if (run == 2) {
        struct result first = lose_contact(source, &sort, random);
        write_result(sim, wafer->name, "sort", 1, time, &first);
        time = retest_time;
    }
    write_result(sim, wafer->name, "sort", run, time, &sort);
    if (map && source->layout.count > 0)
        write_map(sim, wafer->name, run, source, &sort, random);
    if (final && final_time < sim->end) {
        struct result result = draw_final(source, &sort, random);
        write_result(sim, wafer->name, "final", 1, final_time, &result);
    }
    source->tally.sorted_wafers++;
    source->tally.tested += sort.tested;
    source->tally.good += sort.good;
    source->tally.excursion_wafers += wafer->excursion;
}
