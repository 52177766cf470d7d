/* Yields, and costs of units and of starts from the bills upwards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

#include "date.h"

enum { HUNDRED = 100, THURSDAY = 3, AREA_UNIT = 10000 /* of a tenth of a millimetre squared in cm2 */ };

int32_t synth_week(const struct synth *synth, int week)
{
    return synth->start + week * SYNTH_WEEK;
}

/* A week has the number and the year of its Thursday. */
const char *synth_week_name(struct synth *synth, int week)
{
    int32_t thursday = synth_week(synth, week) + THURSDAY;
    int year, month, day;
    fab_date_to_civil(thursday, &year, &month, &day);
    return synth_name(synth, "%d-W%02d", year, (thursday - fab_date_from_civil(year, 1, 1)) / SYNTH_WEEK + 1);
}

/* 2^-(days / halflife) in ppm: the polynomial is that of 2^-x on [0, 1], within 1e-4. */
static int64_t halved(int64_t days, int64_t halflife)
{
    static const int64_t terms[] = {-1333, 9618, -55504, 240227, -693147, SYNTH_PPM};
    if (days <= 0)
        return SYNTH_PPM;
    int64_t part = days % halflife * SYNTH_PPM / halflife, sum = 0;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        sum = sum * part / SYNTH_PPM + terms[i];
    return days / halflife < 60 ? sum >> (days / halflife) : 0;
}

/* Learnt from one value to another, in the unit of both times 1000. */
static int64_t learnt(int64_t from, int64_t to, int64_t left)
{
    return to * SYNTH_MILLI + (from - to) * left / SYNTH_MILLI;
}

int64_t synth_yield(const struct synth *synth, const struct synth_item *item, int32_t day)
{
    if (item->process == SYNTH_NONE)
        return (int64_t)item->unit_yield * SYNTH_MILLI;
    const struct synth_process *process = &synth->process[item->process];
    int64_t left = halved(day - process->learning_start, process->halflife);
    int64_t defects = learnt(process->d0_start, process->d0_mature, left); /* 1e-6 per cm2 */
    int64_t line = learnt(process->line_start, process->line_mature, left);
    int64_t mean = (int64_t)item->width * item->height * defects / AREA_UNIT; /* ppm of a defect on a die */
    int64_t base = (int64_t)SYNTH_PPM * SYNTH_PPM / (SYNTH_PPM + mean / process->alpha), good = SYNTH_PPM;
    for (int a = 0; a < process->alpha; a++) /* negative binomial: (1 + mean / alpha)^-alpha */
        good = good * base / SYNTH_PPM;
    return good * process->systematic / SYNTH_MILLI * line / SYNTH_PPM;
}

static int64_t cost_of_bill(const struct synth *synth, int item)
{
    int64_t cents = 0;
    for (int b = 0; b < synth->boms; b++)
        if (synth->bom[b].item == item)
            cents += synth->item[synth->bom[b].component].cents * synth->bom[b].quantity;
    return cents;
}

static void draw_direct(struct synth *synth, int index)
{
    struct synth_item *item = &synth->item[index];
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_PART, UINT64_C(2000000) + (uint64_t)index);
    if (item->kind == SYNTH_CHIP)
        item->direct_cents = (int64_t)synth_draw(&random, 20, 80) * HUNDRED;
    else if (item->kind == SYNTH_STACK)
        item->direct_cents = (int64_t)synth_draw(&random, 30, 60) * HUNDRED;
}

static void cost_item(struct synth *synth, int index)
{
    struct synth_item *item = &synth->item[index];
    int64_t yield = synth_yield(synth, item, synth_week(synth, synth->options.periods / 2));
    if (item->kind == SYNTH_PART || item->kind == SYNTH_BIN)
        return;
    draw_direct(synth, index);
    item->cents = (item->direct_cents + cost_of_bill(synth, index)) * SYNTH_PPM / (yield * item->gross);
    for (int b = 0; b < item->bins; b++)
        synth->item[item->first_bin + b].cents = item->cents;
}

void synth_make_costs(struct synth *synth)
{
    for (int i = synth->items - 1; i >= 0; i--) /* components stand behind what they go into */
        cost_item(synth, i);
    for (int s = 0; s < synth->sources; s++) {
        struct synth_source *source = &synth->source[s];
        const struct synth_item *item = &synth->item[source->item];
        int64_t of = source->route == SYNTH_NONE && !source->consumes ? item->cents : item->direct_cents, percent = source->route == SYNTH_NONE ? source->cents : HUNDRED;
        source->cents = of * percent / HUNDRED;
    }
}
