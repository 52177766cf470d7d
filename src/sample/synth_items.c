/* Families of chips, their dies and bins, memory, bought parts, bills.
 *
 * An item's components stand behind it in the array: chips, stacks, bins, dies, parts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

#include "yield.h"

enum { TENTHS = 10, GENERATIONS = SYNTH_STACKS / SYNTH_BINS, LOGIC_NODES = 4, MEMORY_NODES = 2, REAL_HEIGHTS = 3 };

static const int heights[REAL_HEIGHTS] = {8, 12, 16};
static const char *const generation[GENERATIONS] = {"HBM3E", "HBM4", "HBM4E", "HBM5"};

/* What chips of a class are like. */
static const struct synth_kindred {
    const char *letter, *name;
    int width_low, width_high, height_low, height_high; /* 1e-1 mm */
    int watts_low, watts_high;
} classes[SYNTH_CLASSES] = {
    [SYNTH_TRAINING] = {"T", "Training accelerator", 200, 255, 220, 310, 700, 1400},
    [SYNTH_EDGE] = {"E", "Edge inference chip", 100, 180, 100, 190, 60, 250},
    [SYNTH_SPACE] = {"S", "Space processor", 140, 210, 150, 220, 120, 400},
};

/* ---- processes ---- */

static void make_processes(struct synth *synth)
{
    static const char *const nodes[LOGIC_NODES + MEMORY_NODES] = {"N3", "N2", "A18", "A14", "DRAM-1B", "DRAM-1C"};
    for (int n = 0; n < LOGIC_NODES + MEMORY_NODES; n++) {
        fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_PROCESS, (uint64_t)n);
        struct synth_process *process = &synth->process[synth->processes++];
        int mature = n < LOGIC_NODES ? synth_draw(&random, 50, 110) : synth_draw(&random, 40, 80);
        *process = (struct synth_process){.id = nodes[n], .alpha = synth_draw(&random, 1, 3), .d0_mature = mature, .d0_start = mature * synth_draw(&random, 20, 40) / TENTHS};
        process->learning_start = synth->start - synth_draw(&random, 100, 500);
        process->halflife = synth_draw(&random, 150, 300);
        process->systematic = synth_draw(&random, 940, 980);
        process->line_start = synth_draw(&random, 850, 900);
        process->line_mature = synth_draw(&random, 950, 975);
    }
}

/* ---- items ---- */

static int add_item(struct synth *synth, enum synth_kind kind, const char *id, const char *name)
{
    synth->item[synth->items] = (struct synth_item){.kind = kind, .id = id, .name = name, .process = SYNTH_NONE, .gross = 1, .unit_yield = SYNTH_MILLI, .first_bin = SYNTH_NONE};
    return synth->items++;
}

static void add_bom(struct synth *synth, int item, int component, int quantity)
{
    if (component != SYNTH_NONE && quantity > 0)
        synth->bom[synth->boms++] = (struct synth_bom){.item = item, .component = component, .quantity = quantity};
}

static void shape_die(struct synth_item *item, int width, int height, int process)
{
    const fab_die_geometry geometry = {.width_mm = (double)width / TENTHS, .height_mm = (double)height / TENTHS, .scribe_mm = 0.1, .edge_mm = 3, .wafer_mm = 300};
    item->width = width;
    item->height = height;
    item->process = process;
    item->gross = fab_gross_die(&geometry);
}

static void make_family(struct synth *synth, int *left, int *stacked)
{
    int number = synth->families++;
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_FAMILY, (uint64_t)number);
    struct synth_family *family = &synth->family[number];
    enum synth_class class = (enum synth_class)(number % SYNTH_CLASSES);
    *family = (struct synth_family){.class = class, .first_chip = synth->items, .stack = SYNTH_NONE, .dies = 1};
    family->id = synth_name(synth, "%s%02d", classes[class].letter, number / SYNTH_CLASSES + 1);
    family->chips = number == 0 ? 2 : synth_draw(&random, 1, SYNTH_BINS);
    family->chips = family->chips < *left ? family->chips : *left;
    *left -= family->chips;
    family->wafers = synth_draw(&random, 100, 300);
    family->dies = class == SYNTH_TRAINING ? synth_draw(&random, 1, 2) : 1;
    if (class == SYNTH_TRAINING || (class == SYNTH_SPACE && synth_draw(&random, 0, 1) == 0)) {
        family->stack = (*stacked)++ % synth->stack_count;
        family->stacks = class == SYNTH_TRAINING ? 2 * synth_draw(&random, 2, 4) : synth_draw(&random, 1, 2);
    }
    for (int c = 0; c < family->chips; c++) {
        const char *letter = family->chips == 1 ? "" : (const char *[]){"A", "B", "C"}[c];
        int chip = add_item(synth, SYNTH_CHIP, synth_name(synth, "%s%s", family->id, letter), synth_name(synth, "%s %d%s", classes[class].name, number / SYNTH_CLASSES + 1, letter));
        synth->item[chip].watts = synth_draw(&random, classes[class].watts_low, classes[class].watts_high);
        synth->item[chip].unit_yield = synth_draw(&random, 975, 995);
    }
}

/* Shares of the bins of a die, which sum to 1: the first is the best. */
static void draw_shares(fab_random *random, struct synth_item *die, int bins)
{
    die->bins = bins;
    die->share[0] = bins == 2 ? synth_draw(random, 35, 55) * TENTHS : synth_draw(random, 20, 30) * TENTHS;
    die->share[1] = bins == 2 ? SYNTH_MILLI - die->share[0] : synth_draw(random, 40, 50) * TENTHS;
    die->share[2] = SYNTH_MILLI - die->share[0] - die->share[1];
}

static void make_bins(struct synth *synth, const struct synth_family *family)
{
    for (int b = 0; b < family->chips && family->chips > 1; b++) {
        int bin = add_item(synth, SYNTH_BIN, synth_name(synth, "D-%s.%c", family->id, 'A' + b), synth_name(synth, "Die %s bin %c", family->id, 'A' + b));
        add_bom(synth, family->first_chip + b, bin, family->dies);
    }
}

static void make_die(struct synth *synth, int number, int *bin)
{
    struct synth_family *family = &synth->family[number];
    const struct synth_kindred *kindred = &classes[family->class];
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_PART, (uint64_t)number);
    int index = add_item(synth, SYNTH_DIE, synth_name(synth, "D-%s", family->id), synth_name(synth, "Die %s", family->id));
    struct synth_item *die = &synth->item[index];
    int width = synth_draw(&random, kindred->width_low, kindred->width_high), height = synth_draw(&random, kindred->height_low, kindred->height_high);
    shape_die(die, width, height, synth_draw(&random, 0, LOGIC_NODES - 1));
    die->direct_cents = (int64_t)synth_draw(&random, 110, 180) * 10000;
    family->die = index;
    if (family->chips > 1) {
        draw_shares(&random, die, family->chips);
        die->first_bin = *bin;
        *bin += family->chips;
    } else
        add_bom(synth, family->first_chip, index, family->dies);
}

/* ---- memory ---- */

static void add_stacks(struct synth *synth)
{
    for (int s = 0; s < synth->stack_count; s++) {
        fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_STACK, (uint64_t)s);
        const char *of = generation[s / REAL_HEIGHTS];
        int height = heights[s % REAL_HEIGHTS];
        synth->stacks[s] = add_item(synth, SYNTH_STACK, synth_name(synth, "%s-%dH", of, height), synth_name(synth, "%s stack of %d", of, height));
        synth->item[synth->stacks[s]].unit_yield = synth_draw(&random, 930, 970);
    }
    for (int f = 0; f < synth->families; f++)
        for (int c = 0; c < synth->family[f].chips && synth->family[f].stacks > 0; c++)
            add_bom(synth, synth->family[f].first_chip + c, synth->stacks[synth->family[f].stack], synth->family[f].stacks);
}

/* A DRAM die and a bought base die for each generation. */
static void add_memory_dies(struct synth *synth)
{
    for (int first = 0; first < synth->stack_count; first += REAL_HEIGHTS) {
        int g = first / REAL_HEIGHTS, dram = add_item(synth, SYNTH_DIE, synth_name(synth, "DRAM-%s", generation[g]), synth_name(synth, "DRAM die of %s", generation[g]));
        fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_PART, (uint64_t)synth->options.products + (uint64_t)g);
        int width = synth_draw(&random, 100, 112), height = synth_draw(&random, 98, 115);
        shape_die(&synth->item[dram], width, height, LOGIC_NODES + g % MEMORY_NODES);
        synth->item[dram].direct_cents = (int64_t)synth_draw(&random, 55, 70) * 10000;
        int base = add_item(synth, SYNTH_PART, synth_name(synth, "BASE-%s", generation[g]), synth_name(synth, "Base die of %s", generation[g]));
        synth->item[base].cents = synth_draw(&random, 2000, 4000);
        for (int s = first; s < synth->stack_count && s < first + REAL_HEIGHTS; s++) {
            add_bom(synth, synth->stacks[s], dram, heights[s % REAL_HEIGHTS]);
            add_bom(synth, synth->stacks[s], base, 1);
        }
    }
}

/* ---- parts ---- */

/* A part for so many families of a kind, one after the other. */
struct part_kind {
    const char *id, *name;
    int families, cents_low, cents_high;
};

static bool takes_part(const struct synth_family *family, int kind)
{
    enum { SUBSTRATE, INTERPOSER, MOBILE_MEMORY };
    return kind == SUBSTRATE || (kind == INTERPOSER && family->stacks > 0) || (kind == MOBILE_MEMORY && family->stacks == 0);
}

static void add_parts(struct synth *synth)
{
    static const struct part_kind kinds[] = {{"SUB", "Build-up substrate", 3, 800, 6000}, {"INT", "Silicon interposer", 3, 8000, 20000}, {"LP", "Mobile DRAM package", 4, 1500, 6000}};
    for (int k = 0; k < (int)(sizeof kinds / sizeof *kinds); k++) {
        int part = SYNTH_NONE, users = 0;
        fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_PART, UINT64_C(1000000) + (uint64_t)k);
        for (int f = 0; f < synth->families; f++) {
            if (!takes_part(&synth->family[f], k))
                continue;
            if (users % kinds[k].families == 0) {
                int number = users / kinds[k].families + 1;
                part = add_item(synth, SYNTH_PART, synth_name(synth, "%s-%02d", kinds[k].id, number), synth_name(synth, "%s %d", kinds[k].name, number));
                synth->item[part].cents = synth_draw(&random, kinds[k].cents_low, kinds[k].cents_high);
            }
            users++;
            for (int c = 0; c < synth->family[f].chips; c++)
                add_bom(synth, synth->family[f].first_chip + c, part, 1);
        }
    }
}

void synth_make_items(struct synth *synth)
{
    int left = synth->options.products, stacked = 0, most = 2 + synth->options.products / 25, bin;
    make_processes(synth);
    synth->stack_count = most < SYNTH_STACKS ? most : SYNTH_STACKS;
    while (left > 0)
        make_family(synth, &left, &stacked);
    synth->stack_count = stacked < synth->stack_count ? stacked : synth->stack_count;
    add_stacks(synth);
    bin = synth->items;
    for (int f = 0; f < synth->families; f++)
        make_bins(synth, &synth->family[f]);
    for (int f = 0; f < synth->families; f++)
        make_die(synth, f, &bin);
    add_memory_dies(synth);
    add_parts(synth);
}
