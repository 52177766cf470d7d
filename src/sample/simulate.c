/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate.h"

#include "date.h"
#include "fail.h"
#include "sim.h"
#include "sim_truth.h"
#include "try.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MONTHS_MAX = 240, MONTHS_DEFAULT = 12, MONTHS_A_YEAR = 12 };

/* Largest spread of the log of the cycle time, and factor of an excursion. */
static const double SPREAD_MAX = 1, FACTOR_MAX = 1000, RATE_MAX = 1e7;

static const char *const tables[SIM_FILES] = {"lot", "wafer", "lot_event", "bin", "wafer_test", "wafer_bin", "die_map", "tool_event"};

/* ---- options ---- */

struct option_rule {
    const char *name;
    size_t offset;
    double preset, maximum; /* the maximum itself is not allowed */
};

#define RULE(name, preset, maximum)                                                                                                        \
    {                                                                                                                                      \
#name, offsetof(struct fab_history_options, name), preset, maximum                                                                 \
    }

/* Fills in the defaults: 0 is the preset, negative is none. */
static fab_status read_shares(fab_context *context, struct fab_history_options *options)
{
    const struct option_rule rules[] = {
        RULE(lot_share, 0.3, 1),      RULE(cycle_spread, 0.15, SPREAD_MAX),  RULE(hot_share, 0.04, 1),      RULE(hold_share, 0.15, 1),
        RULE(split_share, 0.06, 100), RULE(rework_share, 0.004, 1),          RULE(retest_share, 0.03, 1.1), RULE(final_share, 0.2, 1.1),
        RULE(map_share, 0.05, 1.1),   RULE(excursion_factor, 4, FACTOR_MAX),
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        double *value = (double *)(void *)((char *)options + rules[i].offset);
        if (!(*value < rules[i].maximum))
            return fab_fail(context, FAB_USAGE, "%s is %g, must be below %g", rules[i].name, *value, rules[i].maximum);
        *value = *value == 0 ? rules[i].preset : fmax(*value, 0);
    }
    if (isnan(options->alpha) || options->alpha < 0)
        return fab_fail(context, FAB_USAGE, "alpha is %g, must not be negative", options->alpha);
    if (!(options->wafers_per_month >= 0 && options->wafers_per_month <= RATE_MAX))
        return fab_fail(context, FAB_USAGE, "wafers per month is %g, must be 0 to %g", options->wafers_per_month, RATE_MAX);
    return FAB_OK;
}

/* The day `months` before another, in the shorter month its last day. */
static int32_t months_before(int32_t date, int months)
{
    int year, month, day, back_year, back_month, back_day;
    fab_date_to_civil(date, &year, &month, &day);
    int count = year * MONTHS_A_YEAR + month - 1 - months;
    int32_t result;
    do {
        result = fab_date_from_civil(count / MONTHS_A_YEAR, count % MONTHS_A_YEAR + 1, day--);
        fab_date_to_civil(result, &back_year, &back_month, &back_day);
    } while (back_month != count % MONTHS_A_YEAR + 1);
    return result;
}

static fab_status read_options(struct sim *sim, const struct fab_history_options *options)
{
    const int32_t first = fab_date_from_civil(2000, 1, 1), last = fab_date_from_civil(2199, 12, 31);
    struct fab_history_options *o = &sim->options;
    *o = *options;
    o->months = o->months == 0 ? MONTHS_DEFAULT : o->months;
    if (o->months < 1 || o->months > MONTHS_MAX)
        return fab_fail(sim->context, FAB_USAGE, "months is %d, must be 1 to %d", o->months, MONTHS_MAX);
    if (o->end_date == 0 && sim->model->calendar_count == 0)
        return fab_fail(sim->context, FAB_INPUT, "the calendar is empty: a history needs a last day");
    o->end_date = o->end_date == 0 ? sim->model->calendar[0].start_date : o->end_date;
    if (o->end_date < first || o->end_date > last)
        return fab_fail(sim->context, FAB_USAGE, "the last day of the history must lie in the years 2000 to 2199");
    sim->begin = (int64_t)months_before(o->end_date, o->months) * SIM_SECONDS_A_DAY;
    sim->end = (int64_t)o->end_date * SIM_SECONDS_A_DAY;
    return read_shares(sim->context, o);
}

/* ---- files ---- */

static fab_status open_files(struct sim *sim, const char *folder)
{
    fab_status status = FAB_OK;
    const char *path, *basis;
    TRY_MEMORY(sim->context, path = fab_arena_printf(sim->arena, "%s/truth.txt", folder));
    TRY_MEMORY(sim->context, basis = fab_arena_printf(sim->arena, "simulated, seed %" PRIu64, sim->options.seed));
    TRY_MEMORY(sim->context, sim->basis = fab_csv_field_of(sim->arena, basis));
    sim->truth = fopen(path, "wxe");
    if (!sim->truth)
        TRY(fab_fail_errno(sim->context, FAB_OUTPUT, "%s: cannot be written", path));
    for (int f = 0; f < SIM_FILES; f++)
        TRY(fab_table_file_open(sim->context, &sim->file[f], folder, tables[f], sim->basis));
out:
    return status;
}

static fab_status close_files(struct sim *sim)
{
    fab_status status = FAB_OK;
    if (fflush(sim->truth) != 0 || ferror(sim->truth) || fsync(fileno(sim->truth)) != 0)
        TRY(fab_fail_errno(sim->context, FAB_OUTPUT, "truth.txt: could not be written"));
    for (int f = 0; f < SIM_FILES; f++)
        TRY(fab_table_file_close(sim->context, &sim->file[f]));
out:
    return status;
}

static void fill_summary(const struct sim *sim, struct fab_history_summary *summary)
{
    const fab_table_file *file = sim->file;
    *summary = (struct fab_history_summary){
        .lots = sim->lots,
        .wafers = file[SIM_WAFER].rows,
        .lot_events = file[SIM_LOT_EVENT].rows,
        .wafer_tests = file[SIM_WAFER_TEST].rows,
        .wafer_bins = file[SIM_WAFER_BIN].rows,
        .die_maps = file[SIM_DIE_MAP].rows,
        .tool_events = file[SIM_TOOL_EVENT].rows,
        .bins = file[SIM_BIN].rows,
        .begin = (int32_t)(sim->begin / SIM_SECONDS_A_DAY),
        .end = (int32_t)(sim->end / SIM_SECONDS_A_DAY),
        .wafers_per_month = sim->options.wafers_per_month,
    };
    for (int s = 0; s < sim->source_count; s++) {
        summary->started_wafers += sim->source[s].tally.started_wafers;
        summary->scrapped_wafers += sim->source[s].tally.scrapped_wafers;
    }
}

static fab_status write_history(struct sim *sim)
{
    fab_status status = FAB_OK;
    sim_choose_excursion(sim);
    sim_write_bins(sim);
    for (int s = 0; s < sim->source_count; s++)
        TRY(sim_run_source(sim, &sim->source[s]));
    TRY(sim_run_tools(sim));
    sim_write_truth(sim);
    TRY(close_files(sim));
out:
    return status;
}

static void free_sim(struct sim *sim)
{
    for (int f = 0; f < SIM_FILES; f++)
        fab_table_file_free(&sim->file[f]);
    if (sim->truth)
        fclose(sim->truth);
    fab_arena_free(sim->arena);
}

fab_status fab_history_simulate(fab_context *context, const fab_model *model, const struct fab_history_options *options, const char *folder,
                                struct fab_history_summary *summary)
{
    struct sim sim = {.context = context, .model = model};
    const char *temporary = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, sim.arena = fab_arena_new());
    TRY(read_options(&sim, options));
    TRY(sim_prepare(&sim));
    TRY(fab_folder_begin(context, sim.arena, folder, &temporary));
    TRY(open_files(&sim, temporary));
    TRY(write_history(&sim));
    TRY(fab_folder_commit(context, temporary, folder));
    if (summary)
        fill_summary(&sim, summary);
out:
    if (status != FAB_OK && temporary)
        fab_folder_remove(temporary);
    free_sim(&sim);
    return status;
}
