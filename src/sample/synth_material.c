/* Rows of items, bills, yields and sources.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

enum { HUNDRED = 100, VALUE_PERCENT = 110, STOCK_WEEKS = 10, OPEN_PERCENT = 90, QUARTER = 13 };

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Units of the mean week, at least 1. */
static int64_t weekly(const struct synth_item *item)
{
    return larger(item->need / SYNTH_MILLI, 1);
}

/* ---- items ---- */

static void write_item(struct synth *synth, const struct synth_item *item)
{
    static const char *const kinds[] = {[SYNTH_CHIP] = "chip", [SYNTH_STACK] = "component", [SYNTH_BIN] = "die", [SYNTH_DIE] = "die", [SYNTH_PART] = "component"};
    bool binned = item->bins > 0;
    SYNTH_PUT(synth, SYNTH_T_ITEM, synth_text(item->id), synth_text(kinds[item->kind]), synth_text(item->name), synth_decimal(item->cents * VALUE_PERCENT / HUNDRED, 2),
              synth_given(binned ? SYNTH_NONE : weekly(item) * STOCK_WEEKS, 0), synth_whole(item->watts));
    if (item->width > 0)
        SYNTH_PUT(synth, SYNTH_T_DIE, synth_text(item->id), synth_decimal(item->width, 1), synth_decimal(item->height, 1));
    if (!binned)
        SYNTH_PUT(synth, SYNTH_T_STOCK, synth_text(item->id), synth_whole(larger(weekly(item) / 2, 1)));
}

/* Open orders: what was started or bought before the plan comes in while the first starts are on their way; of a fab with too many orders, what its tools could do. */
static void write_receipts(struct synth *synth, const char *id, int64_t units, int lead_days)
{
    units = units * OPEN_PERCENT / HUNDRED * SYNTH_MILLI / larger(synth->options.load, SYNTH_MILLI);
    for (int week = 0; week < synth->options.periods && week * SYNTH_WEEK < lead_days; week++)
        SYNTH_PUT(synth, SYNTH_T_RECEIPT, synth_text(id), synth_day(synth_week(synth, week)), synth_whole(larger(units, 1)));
}

static void write_open_orders(struct synth *synth, const struct synth_item *item)
{
    if (item->bins == 0 && item->kind != SYNTH_BIN)
        write_receipts(synth, item->id, weekly(item), item->lead_days);
    for (int b = 0; b < item->bins; b++)
        write_receipts(synth, synth->item[item->first_bin + b].id, weekly(item) * item->share[b] / SYNTH_MILLI, item->lead_days);
}

/* A better bin serves as the next one, a higher stack as the lower one of its kind. */
static void write_substitutes(struct synth *synth)
{
    enum { BIN_CENTS = 1, STACK_CENTS = 500, KINDS = 3 };
    for (int i = 0; i < synth->items; i++)
        for (int b = 0; b + 1 < synth->item[i].bins; b++)
            SYNTH_PUT(synth, SYNTH_T_SUBSTITUTE, synth_text(synth->item[synth->item[i].first_bin + b].id), synth_text(synth->item[synth->item[i].first_bin + b + 1].id), synth_decimal(BIN_CENTS, 2));
    for (int s = 0; s + 1 < synth->stack_count; s++)
        if (s % KINDS != KINDS - 1)
            SYNTH_PUT(synth, SYNTH_T_SUBSTITUTE, synth_text(synth->item[synth->stacks[s + 1]].id), synth_text(synth->item[synth->stacks[s]].id), synth_decimal(STACK_CENTS, 2));
}

/* ---- yields and sources ---- */

static void write_process(struct synth *synth, const struct synth_process *process)
{
    SYNTH_PUT(synth, SYNTH_T_PROCESS, synth_text(process->id), synth_text("negative_binomial"), synth_whole(process->alpha), synth_decimal(process->d0_start, 3), synth_decimal(process->d0_mature, 3),
              synth_day(process->learning_start), synth_whole(process->halflife), synth_decimal(process->systematic, 3), synth_decimal(process->line_start, 3), synth_decimal(process->line_mature, 3));
}

/* Contracts and offers, by the quarter: what is offered grows a little. */
static void write_limits(struct synth *synth, const struct synth_source *source)
{
    for (int week = 0; week < synth->options.periods; week += QUARTER) {
        int32_t end = synth_week(synth, week + QUARTER), last = synth_week(synth, synth->options.periods);
        SYNTH_PUT(synth, SYNTH_T_SOURCE_LIMIT, synth_text(source->id), synth_day(synth_week(synth, week)), synth_day(end < last ? end : last), synth_given(source->minimum > 0 ? source->minimum : SYNTH_NONE, 0),
                  synth_whole(source->maximum));
    }
}

static void write_costs(struct synth *synth, const struct synth_source *source)
{
    enum { CHEAPER_PERCENT = 97 };
    SYNTH_PUT(synth, SYNTH_T_SOURCE_COST, synth_text(source->id), synth_day(synth->start), synth_decimal(larger(source->cents, 1), 2));
    if (synth->options.periods > 2 * QUARTER)
        SYNTH_PUT(synth, SYNTH_T_SOURCE_COST, synth_text(source->id), synth_day(synth_week(synth, 2 * QUARTER)), synth_decimal(larger(source->cents * CHEAPER_PERCENT / HUNDRED, 1), 2));
}

static void write_source(struct synth *synth, const struct synth_source *source)
{
    const struct synth_item *item = &synth->item[source->item];
    bool own = source->route != SYNTH_NONE;
    SYNTH_PUT(synth, SYNTH_T_SOURCE, synth_text(source->id), synth_text(item->id), synth_text(synth_line_id(source->line)), synth_text(own ? synth->route[source->route].id : NULL),
              synth_text(source->supplier), synth_text(source->region), synth_whole(source->consumes), synth_given(own ? SYNTH_NONE : source->lead_days, 0),
              synth_text(own && item->process != SYNTH_NONE ? synth->process[item->process].id : NULL), synth_given(own ? SYNTH_NONE : 1, 0));
    write_costs(synth, source);
    for (int b = 0; b < item->bins; b++)
        SYNTH_PUT(synth, SYNTH_T_SOURCE_OUTPUT, synth_text(source->id), synth_text(synth->item[item->first_bin + b].id), synth_decimal(item->share[b], 3));
    if (source->consumes)
        SYNTH_PUT(synth, SYNTH_T_SOURCE_YIELD, synth_text(source->id), synth_day(synth->start), synth_whole(1), synth_decimal(item->unit_yield, 3));
    if (own)
        return;
    write_limits(synth, source);
    SYNTH_PUT(synth, SYNTH_T_DEPENDENCY, synth_text(source->id), synth_text(source->region), synth_whole(1));
}

static void write_bills(struct synth *synth)
{
    for (int i = 0; i < synth->items; i++)
        for (int b = 0; b < synth->boms; b++)
            if (synth->bom[b].item == i)
                SYNTH_PUT(synth, SYNTH_T_BOM, synth_text(synth->item[i].id), synth_text(synth->item[synth->bom[b].component].id), synth_whole(synth->bom[b].quantity));
}

void synth_write_material(struct synth *synth)
{
    for (int i = 0; i < synth->items; i++) {
        write_item(synth, &synth->item[i]);
        write_open_orders(synth, &synth->item[i]);
    }
    write_bills(synth);
    write_substitutes(synth);
    for (int p = 0; p < synth->processes; p++)
        write_process(synth, &synth->process[p]);
    for (int s = 0; s < synth->sources; s++)
        write_source(synth, &synth->source[s]);
}
