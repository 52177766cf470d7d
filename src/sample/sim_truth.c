/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_truth.h"

#include "date.h"
#include "number.h"
#include "upkeep.h"

#include <inttypes.h>
#include <math.h>

static void write_number(struct sim *sim, const char *what, const char *name, const char *key, double value)
{
    char text[FAB_NUMBER_TEXT_SIZE];
    fprintf(sim->truth, "%s\t%s\t%s\t%s\n", what, name, key, fab_number_print(value, text));
}

static void write_day(struct sim *sim, const char *what, const char *name, const char *key, int32_t day)
{
    char text[FAB_DATE_TEXT_SIZE];
    fprintf(sim->truth, "%s\t%s\t%s\t%s\n", what, name, key, fab_date_print(day, text));
}

static void write_source_truth(struct sim *sim, const struct sim_source *source)
{
    const struct fab_process *p = source->process;
    const struct sim_tally *t = &source->tally;
    const char *name = source->row->source;
    const struct {
        const char *key;
        double value;
    } numbers[] = {
        {"gross_die", source->gross_die},
        {"area_cm2", source->area_cm2},
        {"alpha", source->alpha},
        {"repairable_defects", source->repairable},
        {"systematic_yield", source->systematic_yield},
        {"d0_start_per_cm2", p->d0_start_per_cm2},
        {"d0_mature_per_cm2", p->d0_mature_per_cm2},
        {"halflife_days", p->halflife_days},
        {"line_yield_start", p->line_yield_start},
        {"line_yield_mature", p->line_yield_mature},
        {"line_halflife_days", isnan(p->line_halflife_days) ? p->halflife_days : p->line_halflife_days},
        {"wafers_per_month", source->wafers_per_month},
        {"cycle_days_planned_at_begin", sim_cycle_days(sim, source, (int32_t)(sim->begin / SIM_SECONDS_A_DAY))},
        {"lots", (double)t->lots},
        {"started_wafers", (double)t->started_wafers},
        {"scrapped_wafers", (double)t->scrapped_wafers},
        {"shipped_wafers", (double)t->shipped_wafers},
        {"cycle_days_mean", t->shipped_lots > 0 ? t->cycle_days / (double)t->shipped_lots : NAN},
        {"sorted_wafers", (double)t->sorted_wafers},
        {"excursion_wafers", (double)t->excursion_wafers},
        {"sort_yield_mean", t->tested > 0 ? (double)t->good / (double)t->tested : NAN},
    };
    fprintf(sim->truth, "source\t%s\titem\t%s\n", name, sim->model->item[source->row->item].item);
    fprintf(sim->truth, "source\t%s\tprocess\t%s\n", name, p->process);
    fprintf(sim->truth, "source\t%s\tmodel\t%s\n", name, p->model);
    write_day(sim, "source", name, "learning_start", source->learning_start);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        write_number(sim, "source", name, numbers[i].key, numbers[i].value);
}

static void write_excursion_truth(struct sim *sim)
{
    const struct sim_excursion *excursion = &sim->excursion;
    if (excursion->tool_group == FAB_NONE)
        return;
    const char *tool = sim->tools[excursion->tool_group].tool[excursion->tool];
    fprintf(sim->truth, "excursion\t%s\treason\tparticles from the chamber wall, found at the next maintenance\n", tool);
    write_day(sim, "excursion", tool, "from", (int32_t)(excursion->from / SIM_SECONDS_A_DAY));
    write_day(sim, "excursion", tool, "to", (int32_t)(excursion->to / SIM_SECONDS_A_DAY));
    write_number(sim, "excursion", tool, "factor", excursion->factor);
    write_number(sim, "excursion", tool, "lots", (double)excursion->lots);
}

void sim_write_truth(struct sim *sim)
{
    fprintf(sim->truth, "history\tall\tseed\t%" PRIu64 "\n", sim->options.seed);
    write_day(sim, "history", "all", "begin", (int32_t)(sim->begin / SIM_SECONDS_A_DAY));
    write_day(sim, "history", "all", "end", (int32_t)(sim->end / SIM_SECONDS_A_DAY));
    write_number(sim, "history", "all", "wafers_per_month", sim->options.wafers_per_month);
    write_number(sim, "history", "all", "lot_share", sim->options.lot_share);
    write_number(sim, "history", "all", "cycle_spread", sim->options.cycle_spread);
    for (int s = 0; s < sim->source_count; s++)
        write_source_truth(sim, &sim->source[s]);
    write_excursion_truth(sim);
    for (int g = 0; g < sim->model->tool_group_count; g++) {
        const struct sim_tools *tools = &sim->tools[g];
        double scheduled = tools->total_days - tools->off_days;
        if (tools->count == 0)
            continue;
        write_number(sim, "tool_group", sim->model->tool_group[g].tool_group, "tools", tools->count);
        write_number(sim, "tool_group", sim->model->tool_group[g].tool_group, "availability", fab_upkeep_availability(sim->model, g));
        if (scheduled > 0)
            write_number(sim, "tool_group", sim->model->tool_group[g].tool_group, "availability_measured",
                         1 - tools->down_days / scheduled);
    }
}
