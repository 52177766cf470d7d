/* What the demand needs of every item, source and tool group, and tools and minutes that make the load what was asked for.
 *
 * The need of the mean week goes down the bills. What sources outside can deliver at most is taken off; the rest is what the own lines
 * must start. A die before binning must cover each bin together with the better ones, which serve in its place.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

enum { MINUTES_A_WEEK = 10080, MINUTE = 10000 /* in the unit of minutes */, HALF = 2, CONTRACT_EACH = 60 /* a minimum of so many per cent */, HUNDRED = 100 };

/* Units ordered in the mean week. */
static void count_orders(struct synth *synth)
{
    for (int a = 0; a < synth->accounts; a++) {
        int64_t units = 0;
        for (int week = 0; week < synth->options.periods; week++)
            units += synth_ordered(synth, a, week);
        synth->item[synth->account[a].chip].need += units * SYNTH_MILLI / synth->options.periods;
    }
}

static void gather_bins(const struct synth *synth, struct synth_item *die)
{
    int64_t units = 0, share = 0;
    for (int b = 0; b < die->bins; b++) {
        units += synth->item[die->first_bin + b].need;
        share += die->share[b];
        int64_t need = units * SYNTH_MILLI / share;
        die->need = need > die->need ? need : die->need;
    }
}

/* Contracts and offers, as parts of the need. */
static void size_outside(struct synth *synth, int item)
{
    for (int s = 0; s < synth->sources; s++) {
        struct synth_source *source = &synth->source[s];
        if (source->item != item || source->route != SYNTH_NONE)
            continue;
        source->maximum = synth->item[item].need * source->outside / SYNTH_MILLI / SYNTH_MILLI + 1;
        source->minimum = source->line == SYNTH_FOUNDRY ? source->maximum * CONTRACT_EACH / HUNDRED : 0;
    }
}

/* Milli-starts a week of the own source: the mean over the starts of all weeks. */
static int64_t own_starts(const struct synth *synth, const struct synth_item *item)
{
    int64_t starts = 0;
    for (int week = 0; week < synth->options.periods; week++)
        starts += item->own_need * SYNTH_PPM / synth_yield(synth, item, synth_week(synth, week)) / item->gross;
    return starts / synth->options.periods;
}

static void pass_down(struct synth *synth, int index, int64_t starts)
{
    for (int b = 0; b < synth->boms; b++)
        if (synth->bom[b].item == index)
            synth->item[synth->bom[b].component].need += starts * synth->bom[b].quantity;
}

static void settle_item(struct synth *synth, int index)
{
    struct synth_item *item = &synth->item[index];
    if (item->bins > 0)
        gather_bins(synth, item);
    size_outside(synth, index);
    item->own_need = item->need;
    int64_t packaged_outside = 0;
    for (int s = 0; s < synth->sources; s++)
        if (synth->source[s].item == index && synth->source[s].route == SYNTH_NONE) {
            int64_t starts = synth->source[s].maximum * SYNTH_MILLI;
            packaged_outside += synth->source[s].consumes ? starts : 0;
            item->own_need -= synth->source[s].consumes ? starts * item->unit_yield / SYNTH_MILLI : starts;
        }
    item->own_need = item->own_need > 0 ? item->own_need : 0;
    for (int s = 0; s < synth->sources; s++)
        if (synth->source[s].item == index && synth->source[s].route != SYNTH_NONE) {
            int64_t starts = own_starts(synth, item);
            synth->route[synth->source[s].route].starts += starts;
            pass_down(synth, index, packaged_outside + starts);
        }
}

/* Tool time of a step in the mean week, in 1e-7 minutes. */
static int64_t load_of(const struct synth *synth, const struct synth_step *step)
{
    int64_t visits = synth->route[step->route].starts * step->visits * step->sample / SYNTH_MILLI;
    return visits * step->minutes / (SYNTH_MILLI - step->rework) * SYNTH_MILLI;
}

/* Tools so that the drawn minutes nearly make the wanted load, then minutes that do. */
static void size_group(struct synth *synth, int index)
{
    struct synth_group *group = &synth->group[index];
    int64_t load = 0, tool = (int64_t)MINUTES_A_WEEK * MINUTE * group->availability / SYNTH_MILLI * group->utilisation; /* 1e-7 minutes */
    for (int s = 0; s < synth->steps; s++)
        if (synth->step[s].group == index)
            load += load_of(synth, &synth->step[s]);
    int64_t wanted = tool * group->wanted / SYNTH_MILLI;
    group->tools = (load + wanted / HALF) / wanted;
    group->tools = group->tools > 0 ? group->tools : 1;
    if (load < SYNTH_PPM)
        return;
    int64_t scale = wanted * group->tools / (load / SYNTH_PPM);
    for (int s = 0; s < synth->steps; s++)
        if (synth->step[s].group == index)
            synth->step[s].minutes = (synth->step[s].minutes * scale + SYNTH_PPM / HALF) / SYNTH_PPM;
}

void synth_balance(struct synth *synth)
{
    count_orders(synth);
    for (int i = 0; i < synth->items; i++)
        settle_item(synth, i);
    for (int g = 0; g < synth->groups; g++)
        size_group(synth, g);
}
