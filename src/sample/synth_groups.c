/* Tool groups of the own lines.
 *
 * Throughputs, prices and powers are of the order that is public for 300 mm tools (EUV scanner about 95 wafers an hour net of 220, 1.2 MW,
 * above 200 MUSD). SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

#include <string.h>

/* visits, ten-thousandths of a minute, MUSD, kW, m2, availability, sample, from, to */
static const struct synth_area logic[] = {
    {"EUV", "EUV scanner", 18, 26, 6000, 7200, 220, 1200, 250, 880, 1000, 20, 980},
    {"ARFI", "ArF immersion scanner", 26, 40, 2700, 3500, 80, 160, 90, 920, 1000, 20, 980},
    {"TRK", "Coater and developer", 40, 60, 5000, 7000, 12, 30, 25, 930, 1000, 20, 980},
    {"ETCH", "Dry etcher", 60, 90, 18000, 26000, 7, 60, 18, 880, 1000, 20, 980},
    {"CLN", "Wet cleaner", 90, 130, 8000, 12000, 6, 40, 20, 920, 1000, 20, 980},
    {"CVD", "CVD reactor", 40, 60, 20000, 30000, 6, 50, 18, 900, 1000, 20, 980},
    {"ALD", "ALD reactor", 20, 30, 40000, 60000, 7, 45, 16, 890, 1000, 20, 660},
    {"PVD", "PVD cluster", 15, 25, 15000, 22000, 9, 55, 22, 900, 1000, 340, 980},
    {"IMP", "Ion implanter", 12, 20, 10000, 14000, 6, 35, 30, 900, 1000, 20, 340},
    {"RTP", "Rapid anneal", 15, 25, 12000, 18000, 4, 60, 12, 930, 1000, 20, 660},
    {"CMP", "CMP polisher", 25, 35, 16000, 22000, 5, 30, 24, 890, 1000, 340, 980},
    {"MET", "Metrology", 60, 90, 8000, 12000, 5, 10, 10, 950, 250, 20, 980},
};

static const struct synth_area memory[] = {
    {"ARFI", "ArF immersion scanner", 20, 28, 2700, 3500, 80, 160, 90, 920, 1000, 20, 980},
    {"ETCH", "High aspect ratio etcher", 40, 60, 25000, 40000, 8, 70, 18, 870, 1000, 20, 980},
    {"CVD", "CVD reactor", 30, 45, 20000, 30000, 6, 50, 18, 900, 1000, 20, 980},
    {"ALD", "Capacitor ALD reactor", 12, 18, 60000, 90000, 7, 45, 16, 890, 1000, 20, 980},
    {"TRK", "Coater and developer", 25, 35, 5000, 7000, 12, 30, 25, 930, 1000, 20, 980},
    {"CLN", "Wet cleaner", 60, 80, 8000, 12000, 6, 40, 20, 920, 1000, 20, 980},
    {"CMP", "CMP polisher", 15, 22, 16000, 22000, 5, 30, 24, 890, 1000, 340, 980},
    {"IMP", "Ion implanter", 10, 14, 10000, 14000, 6, 35, 30, 900, 1000, 20, 340},
    {"FUR", "Batch furnace", 10, 14, 15000, 25000, 3, 90, 14, 930, 1000, 20, 660},
    {"MET", "Metrology", 30, 50, 8000, 12000, 5, 10, 10, 950, 200, 20, 980},
};

static const struct synth_area packaging[] = {
    {"GRD", "Wafer grinder", 1, 1, 200, 400, 2, 20, 8, 920, 1000, 0, 1000},
    {"SAW", "Dicing saw", 1, 1, 200, 500, 1, 6, 5, 920, 1000, 0, 1000},
    {"BND", "Thermocompression bonder", 1, 1, 800, 1600, 3, 12, 9, 900, 1000, 0, 1000},
    {"RFL", "Reflow oven", 1, 1, 150, 300, 1, 60, 12, 940, 1000, 0, 1000},
    {"UFL", "Underfill dispenser", 1, 1, 300, 600, 1, 8, 6, 920, 1000, 0, 1000},
    {"MLD", "Moulding press", 1, 1, 250, 500, 2, 30, 10, 910, 1000, 0, 1000},
    {"INS", "X-ray inspection", 1, 1, 400, 800, 2, 8, 6, 950, 300, 0, 1000},
    {"TST", "Final tester", 1, 1, 1500, 4500, 4, 25, 10, 930, 1000, 0, 1000},
};

const struct synth_area *synth_areas(enum synth_line line, int *count)
{
    static const struct synth_area *const areas[SYNTH_OWN] = {logic, memory, packaging};
    static const int counts[SYNTH_OWN] = {sizeof logic / sizeof *logic, sizeof memory / sizeof *memory, sizeof packaging / sizeof *packaging};
    *count = counts[line];
    return areas[line];
}

const char *synth_line_id(enum synth_line line)
{
    static const char *const ids[SYNTH_LINES] = {"LOGIC", "MEMORY", "PACKAGING", "FOUNDRY", "OSAT", "SUPPLY"};
    return ids[line];
}

/* One in five groups, and the first of the line, is a bottleneck: as full as asked for. The others have between 55 and 92 % of that. */
static void make_group(struct synth *synth, enum synth_line line, int number, int of)
{
    int areas, index = synth->groups++;
    const struct synth_area *area = synth_areas(line, &areas);
    struct synth_group *group = &synth->group[index];
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_GROUP, (uint64_t)index);
    areas = areas < of ? areas : of;
    area += number % areas;
    *group = (struct synth_group){.line = line, .area = area, .bottleneck = number % 5 == 0, .availability = area->availability + synth_draw(&random, -20, 20)};
    group->id = synth_name(synth, "%c_%s_%02d", synth_line_id(line)[0], area->id, number / areas + 1);
    group->name = synth_name(synth, "%s %d", area->name, number / areas + 1);
    group->utilisation = synth_draw(&random, 860, 920);
    group->wanted = group->bottleneck ? synth->options.load : synth->options.load * synth_draw(&random, 550, 920) / SYNTH_MILLI;
    group->buyable = synth_draw(&random, 1, 5) == 1 || group->bottleneck;
    group->lead_days = synth_draw(&random, 17, 43) * SYNTH_WEEK;
    if (group->lead_days > synth->options.periods * SYNTH_WEEK / 2)
        group->lead_days = synth->options.periods * SYNTH_WEEK / 2;
    group->price_musd = area->price_musd + synth_draw(&random, 0, area->price_musd / 5 + 1);
}

void synth_make_groups(struct synth *synth)
{
    int left = synth->options.tool_groups, memories = left / 4, packages = left / 5;
    const int counts[SYNTH_OWN] = {left - memories - packages, memories, packages};
    for (enum synth_line line = SYNTH_LOGIC; line < SYNTH_OWN; line++) {
        synth->first_group[line] = synth->groups;
        for (int number = 0; number < counts[line]; number++)
            make_group(synth, line, number, counts[line]);
    }
    synth->first_group[SYNTH_OWN] = synth->groups;
}
