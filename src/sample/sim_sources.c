/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_capacity.h"
#include "sim_loading.h"

#include "occupancy.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUTES_AN_HOUR 60.0

enum { LOT_SIZE_MAX = 1000, TOOLS_MAX = 999 };

/* ---- what a day gives ---- */

double sim_cycle_days(const struct sim *sim, const struct sim_source *source, int32_t day)
{
    static const double days_without_row = 30, least_days = 0.1;
    double days = NAN;
    for (int c = 0; c < sim->model->cycle_time_count; c++) { /* rows of a route come in order of from_date */
        const struct fab_cycle_time *row = &sim->model->cycle_time[c];
        if (row->route == source->row->route && (isnan(days) || row->from_date <= day))
            days = row->days;
    }
    return isnan(days) ? days_without_row : fmax(days, least_days);
}

double sim_line_yield(const struct sim_source *source, int32_t day)
{
    const struct fab_process *p = source->process;
    double halflife = isnan(p->line_halflife_days) ? p->halflife_days : p->line_halflife_days;
    return fab_yield_learned(p->line_yield_start, p->line_yield_mature, (double)day - source->learning_start, halflife);
}

double sim_defects_per_die(const struct sim_source *source, int32_t day)
{
    const struct fab_process *p = source->process;
    double d0 = fab_yield_learned(p->d0_start_per_cm2, p->d0_mature_per_cm2, (double)day - source->learning_start, p->halflife_days);
    return source->defect_layers * source->area_cm2 * d0;
}

/* ---- tools ---- */

/* Finds the rows of every group, which come one after the other. */
static fab_status find_counts(struct sim *sim)
{
    fab_status status = FAB_OK;
    const fab_model *model = sim->model;
    int *first = sim->capacity.first_count = fab_arena_take(sim->arena, (size_t)model->tool_group_count, sizeof *first);
    TRY_MEMORY(sim->context, first);
    for (int g = 0; g < model->tool_group_count; g++)
        first[g] = model->tool_count_count;
    for (int c = model->tool_count_count - 1; c >= 0; c--)
        first[model->tool_count[c].tool_group] = c;
out:
    return status;
}

/* The most tools that a group has on a day of the history. */
static double most_tools(const struct sim *sim, int group)
{
    int32_t last = (int32_t)(sim->end / SIM_SECONDS_A_DAY) - 1;
    double most = sim_installed_tools(sim, group, INT32_MIN);
    for (int c = sim->capacity.first_count[group]; c < sim->model->tool_count_count && sim->model->tool_count[c].tool_group == group; c++)
        if (sim->model->tool_count[c].from_date <= last)
            most = fmax(most, sim->model->tool_count[c].tools);
    return most;
}

static fab_status name_tools(struct sim *sim, int group)
{
    const struct fab_tool_group *row = &sim->model->tool_group[group];
    struct sim_tools *tools = &sim->tools[group];
    tools->count = (int)fmin(ceil(most_tools(sim, group)), TOOLS_MAX);
    tools->id = fab_csv_field_of(sim->arena, row->tool_group);
    tools->tool = fab_arena_take(sim->arena, (size_t)tools->count, sizeof *tools->tool);
    if (!tools->id || !tools->tool)
        return fab_fail_memory(sim->context);
    for (int i = 0; i < tools->count; i++) {
        const char *name = fab_arena_printf(sim->arena, "%s-%02d", row->tool_group, i + 1);
        tools->tool[i] = name ? fab_csv_field_of(sim->arena, name) : NULL;
        if (!tools->tool[i])
            return fab_fail_memory(sim->context);
    }
    return FAB_OK;
}

/* ---- steps ---- */

/* Scrap falls where the route says, else in proportion to the visits. */
static void share_hazard(const fab_model *model, struct sim_source *source, const double *weights, double sum)
{
    double given = 0;
    for (int i = 0, r = 0; r < model->route_step_count; r++)
        if (model->route_step[r].route == source->row->route) {
            source->step[i].hazard_share = model->route_step[r].scrap_frac;
            given += source->step[i++].hazard_share;
        }
    for (int i = 0; i < source->step_count; i++)
        source->step[i].hazard_share = given > 0 ? source->step[i].hazard_share / given
                                       : sum > 0 ? weights[i] / sum
                                                 : 1.0 / source->step_count;
}

static fab_status read_steps(struct sim *sim, struct sim_source *source)
{
    const fab_model *model = sim->model;
    double *visits = NULL, sum = 0;
    fab_status status = FAB_OK;
    for (int r = 0; r < model->route_step_count; r++)
        source->step_count += model->route_step[r].route == source->row->route;
    TRY_MEMORY(sim->context, source->step = fab_arena_take(sim->arena, (size_t)source->step_count, sizeof *source->step));
    TRY_MEMORY(sim->context, visits = malloc(((size_t)source->step_count + 1) * sizeof *visits));
    for (int i = 0, r = 0; r < model->route_step_count; r++) {
        const struct fab_route_step *row = &model->route_step[r];
        if (row->route != source->row->route)
            continue;
        double hours = row->visits * fab_occupancy_of(model, row).minutes / MINUTES_AN_HOUR * row->sample_frac / (1 - row->rework_frac);
        double rework = row->rework_frac > 0 ? row->rework_frac : sim->options.rework_share;
        source->step[i] = (struct sim_step){row->step, row->tool_group, hours, 0, fmin(rework, 0.5), row, NULL, NULL};
        source->hours += hours;
        sum += visits[i++] = row->visits;
        if (!sim->tools[row->tool_group].tool)
            TRY(name_tools(sim, row->tool_group));
    }
    share_hazard(model, source, visits, sum);
out:
    free(visits);
    return status;
}

/* ---- units ---- */

static int count_gross_die(const struct fab_source *row, const struct fab_die *die)
{
    enum { MOST = 1000000 };
    double units = row->units_per_start;
    if (isnan(units))
        units = die->gross_die;
    if (isnan(units) && die->width_mm > 0 && die->height_mm > 0) {
        struct fab_die_geometry geometry = {die->width_mm, die->height_mm, die->scribe_mm, die->edge_mm, die->wafer_mm, 0};
        units = (double)fab_gross_die(&geometry);
    }
    return units >= 1 && units <= MOST ? (int)(units + 0.5) : 0;
}

/* The clustering whose mean is the yield model of the process. */
static void set_mixing(const struct fab_history_options *options, struct sim_source *source)
{
    const struct fab_process *p = source->process;
    fab_yield_model model = FAB_YIELD_POISSON;
    fab_yield_model_find(p->model, &model);
    source->mixing = model == FAB_YIELD_MURPHY ? SIM_TRIANGLE : SIM_GAMMA;
    source->defect_layers = model == FAB_YIELD_BOSE_EINSTEIN && p->critical_layers > 0 ? p->critical_layers : 1;
    source->alpha = model == FAB_YIELD_SEEDS           ? 1
                    : model == FAB_YIELD_BOSE_EINSTEIN ? source->defect_layers
                    : model == FAB_YIELD_POISSON       ? INFINITY
                                                       : p->alpha;
    if (options->alpha > 0) {
        source->alpha = options->alpha;
        source->mixing = SIM_GAMMA;
    }
    if (source->mixing == SIM_GAMMA && !(source->alpha < INFINITY)) {
        source->mixing = SIM_NONE;
        source->alpha = INFINITY;
    }
}

int sim_output_rank(const fab_model *model, int item, int output)
{
    int rank = 0;
    for (int i = 0; i < output; i++) {
        bool found = false;
        for (int r = 0; r < model->source_output_count && !found; r++)
            found = model->source_output[r].item == i && model->source[model->source_output[r].source].item == item;
        rank += found;
    }
    return rank;
}

/* Bins 1, 2, .. in the order of the item's good items, the same for all its sources; what is left of the shares is good die of one more
 * bin. */
static fab_status read_good_bins(struct sim *sim, struct sim_source *source)
{
    const fab_model *model = sim->model;
    int row = (int)(source->row - model->source), item = source->row->item;
    int rest_bin = sim_output_rank(model, item, model->item_count) + 1;
    double rest = 1;
    rest_bin = rest_bin < SIM_GOOD_BINS ? rest_bin : SIM_GOOD_BINS;
    source->good_bin = fab_arena_take(sim->arena, SIM_GOOD_BINS, sizeof *source->good_bin);
    if (!source->good_bin)
        return fab_fail_memory(sim->context);
    for (int i = 0; i < model->source_output_count; i++) {
        int bin = sim_output_rank(model, item, model->source_output[i].item) + 1;
        if (model->source_output[i].source != row || bin >= SIM_GOOD_BINS)
            continue;
        double share = fmin(model->source_output[i].share, rest);
        source->good_bin[source->good_bins++] = (struct sim_bin){bin, share};
        rest -= share;
    }
    if (rest > 1e-9 || source->good_bins == 0)
        source->good_bin[source->good_bins++] = (struct sim_bin){rest_bin, rest};
    return FAB_OK;
}

/* ---- customers ---- */

/* Marks what goes into an item, and what it is sorted out of. */
static bool mark_needed(const fab_model *model, bool *needed)
{
    bool changed = false;
    for (int b = 0; b < model->bom_count; b++)
        if (needed[model->bom[b].item] && !needed[model->bom[b].component])
            changed = needed[model->bom[b].component] = true;
    for (int o = 0; o < model->source_output_count; o++) {
        int whole = model->source[model->source_output[o].source].item;
        if (needed[model->source_output[o].item] && !needed[whole])
            changed = needed[whole] = true;
    }
    return changed;
}

static fab_status read_customers(struct sim *sim, struct sim_source *source)
{
    const fab_model *model = sim->model;
    bool *needed = malloc((size_t)model->item_count * sizeof *needed + 1);
    source->customer = fab_arena_take(sim->arena, (size_t)model->customer_count + 1, sizeof *source->customer);
    if (!needed || !source->customer) {
        free(needed);
        return fab_fail_memory(sim->context);
    }
    for (int c = 0; c < model->customer_count; c++) {
        memset(needed, 0, (size_t)model->item_count * sizeof *needed);
        for (int d = 0; d < model->demand_count; d++)
            if (model->demand[d].customer == c)
                needed[model->demand[d].item] = true;
        while (mark_needed(model, needed)) {
        }
        if (needed[source->row->item])
            source->customer[source->customers++] = fab_csv_field_of(sim->arena, model->customer[c].customer);
    }
    free(needed);
    return FAB_OK;
}

/* ---- sources ---- */

static bool can_be_simulated(const fab_model *model, const struct fab_source *row)
{
    return row->route != FAB_NONE && row->process != FAB_NONE && strcmp(model->line[row->line].kind, "external") != 0 &&
           fab_model_find_die(model, row->item) != NULL;
}

/* *taken: it has units, an area and steps. */
static fab_status read_source(struct sim *sim, const struct fab_source *row, struct sim_source *source, bool *taken)
{
    const fab_model *model = sim->model;
    const struct fab_die *die = fab_model_find_die(model, row->item);
    int32_t begin = (int32_t)(sim->begin / SIM_SECONDS_A_DAY);
    fab_status status = FAB_OK;
    *source = (struct sim_source){.row = row, .process = &model->process[row->process], .number = sim->source_count + 1};
    source->id = fab_csv_field_of(sim->arena, row->source);
    source->gross_die = count_gross_die(row, die);
    source->area_cm2 = fab_die_area_cm2(die);
    source->repairable = (int)die->repairable_defects;
    source->lot_size = (int)fmin(fmax(model->route[row->route].lot_size + 0.5, 1), LOT_SIZE_MAX);
    source->learning_start = source->process->learning_start > begin ? begin : source->process->learning_start;
    source->systematic_yield = source->process->systematic_yield;
    set_mixing(&sim->options, source);
    *taken = false;
    TRY_MEMORY(sim->context, source->id);
    TRY(read_steps(sim, source));
    if (source->gross_die <= 0 || !(source->area_cm2 >= 0) || source->step_count == 0)
        goto out;
    TRY(read_good_bins(sim, source));
    TRY(read_customers(sim, source));
    TRY_MEMORY(sim->context, sim_layout_init(sim->arena, die, source->gross_die, &source->layout));
    *taken = true;
out:
    return status;
}

/* ---- all of it ---- */

/* Room for the largest map, and for the keys of its die. */
static bool make_scratch(struct sim *sim)
{
    int most_die = 1;
    size_t longest = 1;
    for (int s = 0; s < sim->source_count; s++) {
        const struct sim_layout *layout = &sim->source[s].layout;
        most_die = layout->count > most_die ? layout->count : most_die;
        longest = layout->length > longest ? layout->length : longest;
    }
    sim->map = fab_arena_take(sim->arena, longest + 1, 1);
    sim->key = fab_arena_take(sim->arena, (size_t)most_die, sizeof *sim->key);
    sim->key_order = fab_arena_take(sim->arena, (size_t)most_die, sizeof *sim->key_order);
    return sim->map && sim->key && sim->key_order;
}

fab_status sim_prepare(struct sim *sim)
{
    const fab_model *model = sim->model;
    fab_status status = FAB_OK;
    TRY_MEMORY(sim->context, sim->source = fab_arena_take(sim->arena, (size_t)model->source_count, sizeof *sim->source));
    TRY_MEMORY(sim->context, sim->tools = fab_arena_take(sim->arena, (size_t)model->tool_group_count, sizeof *sim->tools));
    TRY(find_counts(sim));
    for (int s = 0; s < model->source_count; s++) {
        bool taken = false;
        if (!can_be_simulated(model, &model->source[s]))
            continue;
        TRY(read_source(sim, &model->source[s], &sim->source[sim->source_count], &taken));
        if (!taken)
            fab_say(sim->context, FAB_LEVEL_WARNING, "source %s has no steps, no area or no die per wafer: not simulated",
                    model->source[s].source);
        sim->source_count += taken;
    }
    if (sim->source_count == 0)
        TRY(fab_fail(sim->context, FAB_INPUT, "no source of an own line has a route, a process and a die: there is nothing to simulate"));
    TRY_MEMORY(sim->context, make_scratch(sim));
    TRY(sim_capacity_init(sim));
    TRY(sim_loading_init(sim));
out:
    return status;
}
