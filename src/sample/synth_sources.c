/* Ways to obtain items, and the routes of what is made in the own lines.
 *
 * On a short horizon cycle and lead times are cut to a part of it, so that something started in it still arrives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

enum { HUNDRED = 100, FRONT_PART = 25, BACK_PART = 10, FOUNDRY_EACH = 3, OSAT_EACH = 3 };

static const struct outside {
    enum synth_line line;
    const char *supplier, *region, *tail;
    int lead_low, lead_high;   /* days */
    int share_low, share_high; /* of the need, per mille */
    int dearer;                /* than the item's own cost, per cent */
} foundry = {SYNTH_FOUNDRY, "Foundry North", "TW", "FOUNDRY", 70, 98, 100, 200, 150}, osat = {SYNTH_OSAT, "Assembly Pacific", "MY", "OSAT", 17, 28, 100, 200, 140},
  offer = {SYNTH_SUPPLY, "Memory East", "KR", "OFFER", 56, 91, 150, 250, 135}, first_tier = {SYNTH_SUPPLY, "Substrates One", "JP", "TIER1", 28, 63, 700, 800, 100},
  second_tier = {SYNTH_SUPPLY, "Substrates Two", "US", "TIER2", 21, 42, 400, 600, 120};

/* A drawn number of days, cut to so many hundredths of the horizon, 1 at least. */
static int draw_days(const struct synth *synth, fab_random *random, const int range[2], int hundredths)
{
    int days = synth_draw(random, range[0], range[1]), most = synth->options.periods * SYNTH_WEEK * hundredths / HUNDRED;
    return days < most ? days : most > 1 ? most : 1;
}

static int add_route(struct synth *synth, enum synth_line line, const char *of, const char *what)
{
    static const int days[SYNTH_OWN][2] = {{56, 84}, {63, 84}, {10, 18}};
    int index = synth->routes++;
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_ROUTE, (uint64_t)index);
    struct synth_route *route = &synth->route[index];
    *route = (struct synth_route){.line = line, .lot_size = line == SYNTH_PACKAGING ? 500 : 25, .height = 1};
    route->id = synth_name(synth, "R-%s%s", line == SYNTH_PACKAGING ? "PKG-" : "", of);
    route->name = synth_name(synth, "%s of %s", what, of);
    route->days = draw_days(synth, &random, days[line], line == SYNTH_PACKAGING ? BACK_PART : FRONT_PART);
    return index;
}

static void add_own(struct synth *synth, int item, int route)
{
    const struct synth_route *on = &synth->route[route];
    struct synth_source *source = &synth->source[synth->sources++];
    *source = (struct synth_source){.item = item, .route = route, .line = on->line, .region = "US", .consumes = on->line == SYNTH_PACKAGING};
    source->id = synth_name(synth, "%s@%s", synth->item[item].id, synth_line_id(on->line));
    synth->item[item].lead_days = on->days;
}

static void add_outside(struct synth *synth, int item, const struct outside *how)
{
    int index = synth->sources++, hundredths = how->line == SYNTH_OSAT ? BACK_PART * 2 : FRONT_PART;
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_SOURCE, (uint64_t)index);
    struct synth_source *source = &synth->source[index];
    *source = (struct synth_source){.item = item, .route = SYNTH_NONE, .line = how->line, .supplier = how->supplier, .region = how->region, .consumes = how->line == SYNTH_OSAT};
    source->id = synth_name(synth, "%s@%s", synth->item[item].id, how->tail);
    source->lead_days = draw_days(synth, &random, (const int[]){how->lead_low, how->lead_high}, hundredths);
    source->outside = synth_draw(&random, how->share_low, how->share_high);
    source->cents = how->dearer; /* a percentage until costs are known */
    if (synth->item[item].lead_days == 0)
        synth->item[item].lead_days = source->lead_days;
}

static void add_chip_sources(struct synth *synth)
{
    for (int f = 0; f < synth->families; f++) {
        const struct synth_family *family = &synth->family[f];
        int route = add_route(synth, SYNTH_PACKAGING, family->id, family->stacks > 0 ? "2.5D packaging" : "Flip chip packaging");
        for (int c = family->first_chip; c < family->first_chip + family->chips; c++) {
            add_own(synth, c, route);
            if (c % OSAT_EACH == 0)
                add_outside(synth, c, &osat);
        }
    }
}

static int height_of(const struct synth *synth, int stack)
{
    for (int b = 0; b < synth->boms; b++)
        if (synth->bom[b].item == stack)
            return synth->bom[b].quantity;
    return 1;
}

void synth_make_sources(struct synth *synth)
{
    add_chip_sources(synth);
    for (int i = 0; i < synth->items; i++) {
        const struct synth_item *item = &synth->item[i];
        if (item->kind == SYNTH_STACK) {
            int route = add_route(synth, SYNTH_PACKAGING, item->id, "Stacking");
            synth->route[route].height = height_of(synth, i);
            add_own(synth, i, route);
            add_outside(synth, i, &offer);
        } else if (item->kind == SYNTH_DIE) {
            bool memory = synth->family[0].die + synth->families <= i;
            add_own(synth, i, add_route(synth, memory ? SYNTH_MEMORY : SYNTH_LOGIC, item->id, "Wafer process"));
            if (!memory && (i - synth->family[0].die) % FOUNDRY_EACH == 0)
                add_outside(synth, i, &foundry);
        } else if (item->kind == SYNTH_PART) {
            add_outside(synth, i, &first_tier);
            add_outside(synth, i, &second_tier);
        }
    }
}
