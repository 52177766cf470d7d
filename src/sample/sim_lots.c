/* Lots on their way through the route.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_capacity.h"
#include "sim_loading.h"
#include "sim_lot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a lot may be split and how long until it merges again, in steps; how deep a split of a split goes. */
enum { MERGE_STEPS_MAX = 5, DEPTH_MAX = 3, LOTS_BETWEEN_CHECKS = 64 };

/* A hot lot's cycle time, and due times, as shares of the plan's cycle time. */
static const double HOT_CYCLE = 0.6, DUE_CYCLE = 1.15, HOT_DUE_CYCLE = 0.7;

/* Processing takes at most this share of the cycle time; a hold at most this one; the way out of the line this one. */
static const double PROCESS_SHARE_MAX = 0.6, HOLD_SHARE_MAX = 0.15, HOLD_DAYS = 2, OUT_SHARE = 0.004;

static const char *const hold_reasons[] = {"out of control", "engineering question", "tool qualification", "measurement missing",
                                           "customer request"};
static const char *const scrap_reasons[] = {"breakage",  "misprocess",   "out of specification",
                                            "particles", "tool failure", "backside damage"};
static const char *const rework_reasons[] = {"overlay", "critical dimension", "resist defect", "film thickness"};
static const char lot_scrap_reason[] = "whole lot misprocessed";

#define PICK(random, texts) ((texts)[fab_random_below(random, (int)(sizeof(texts) / sizeof *(texts)))])

enum run { RUN_THROUGH, RUN_CUT, RUN_CUT_HELD, RUN_SCRAPPED };

static enum run run_steps(struct sim_family *family, struct sim_lot *lot, int from, int to);

/* ---- time ---- */

/* Queueing and processing of each step: processing by its tool hours, queues random; scaled to the cycle time. */
static void draw_timeline(struct sim_family *family, double cycle_days)
{
    static const double queue_shape = 2, queue_equal = 0.4;
    const struct sim_source *source = family->source;
    struct sim_timeline *line = &family->timeline;
    fab_random *random = &family->random;
    int n = source->step_count;
    double process = fmin(source->hours * source->lot_size / 24 / cycle_days, PROCESS_SHARE_MAX), queues = 0, at = 0, hold = 0;
    for (int k = 0; k < n; k++) {
        double size =
            queue_equal / n + (source->hours > 0 ? (1 - queue_equal) * source->step[k].hours / source->hours : (1 - queue_equal) / n);
        queues += line->in[k] = size * fab_random_gamma(random, queue_shape);
    }
    line->hold_step = fab_random_chance(random, family->sim->options.hold_share) ? fab_random_below(random, n) : FAB_NONE;
    if (line->hold_step != FAB_NONE)
        hold = fmin(HOLD_DAYS * fab_random_spread(random, 0.8) / cycle_days, HOLD_SHARE_MAX);
    for (int k = 0; k < n; k++) {
        double hours = source->hours > 0 ? source->step[k].hours / source->hours : 1.0 / n;
        double queue = line->in[k] / queues * (1 - process - hold - OUT_SHARE);
        if (k == line->hold_step) {
            line->hold_from = at + queue / 2;
            line->hold_to = line->hold_from + hold;
            at += hold;
        }
        line->in[k] = at + queue;
        line->out[k] = at = line->in[k] + process * hours;
    }
}

static double queue_begins(const struct sim_family *family, int step)
{
    return step > 0 ? family->timeline.out[step - 1] : 0;
}

/* ---- the end of a lot ---- */

static void test_lot(struct sim_family *family, const struct sim_lot *lot, int64_t out)
{
    char name[SIM_WAFER_NAME_SIZE];
    struct sim_lot_test test = sim_lot_test_of(family->sim, family->source, &family->random, out);
    int bad = 0;
    for (int i = 0; i < lot->wafers; i++) {
        struct sim_wafer wafer = {sim_name_wafer(family, lot->wafer[i], name), lot->wafer[i] + 1, family->excursion[lot->wafer[i]]};
        sim_test_wafer(family->sim, family->source, &test, &wafer, &family->random);
        bad += wafer.excursion;
    }
    if (bad > 0)
        fprintf(family->sim->truth, "excursion lot\t%s\twafers\t%d\n", lot->name, bad);
    family->sim->excursion.lots += bad > 0;
}

static void ship_lot(struct sim_family *family, struct sim_lot *lot)
{
    struct sim_tally *tally = &family->source->tally;
    int last = family->source->step_count - 1;
    int64_t time = sim_time_at(lot, 1), out = sim_time_at(lot, family->timeline.out[last]);
    if (time >= family->sim->end) {
        sim_write_lot(family, lot, "active", sim_fraction_at(lot, family->sim->end));
        return;
    }
    sim_write_move(family, lot, time, "ship", FAB_NONE, NULL);
    sim_write_lot(family, lot, "done", -1);
    tally->shipped_wafers += lot->wafers;
    if (!lot->parent) {
        tally->shipped_lots++;
        tally->cycle_days += (double)(time - family->start) / SIM_SECONDS_A_DAY;
    }
    test_lot(family, lot, out);
}

/* Writes a lot whose way ended with `run` before step `waits` (where it waits for a merge), or on the way. */
static void end_lot(struct sim_family *family, struct sim_lot *lot, enum run run, int waits)
{
    double most = waits < family->source->step_count ? queue_begins(family, waits) : 1;
    if (run == RUN_THROUGH && waits == family->source->step_count)
        ship_lot(family, lot);
    else if (run == RUN_SCRAPPED)
        sim_write_lot(family, lot, "scrapped", -1);
    else
        sim_write_lot(family, lot, run == RUN_CUT_HELD ? "held" : "active", fmin(sim_fraction_at(lot, family->sim->end), most));
}

/* ---- scrap ---- */

static void scrap_wafers(struct sim_family *family, struct sim_lot *lot, int64_t time, int step, int count, const char *reason)
{
    int before = lot->wafers;
    for (int i = 0; i < count; i++) {
        int place = fab_random_below(&family->random, lot->wafers);
        lot->wafer[place] = lot->wafer[--lot->wafers];
    }
    sim_write_change(family, lot, time, "scrap", step, before, reason);
    family->source->tally.scrapped_wafers += count;
}

/* A wafer lives through all steps with the line yield as its probability: each step has its part of the hazard, for wafers and for whole
 * lots. */
static void draw_scrap(struct sim_family *family, struct sim_lot *lot, int64_t time, int step)
{
    fab_random *random = &family->random;
    double hazard = family->hazard * family->source->step[step].hazard_share;
    if (fab_random_chance(random, -expm1(-SIM_LOT_SCRAP_SHARE * hazard))) {
        scrap_wafers(family, lot, time, step, lot->wafers, lot_scrap_reason);
        return;
    }
    int count = fab_random_binomial(random, lot->wafers, -expm1(-(1 - SIM_LOT_SCRAP_SHARE) * hazard));
    if (count > 0)
        scrap_wafers(family, lot, time, step, count, PICK(random, scrap_reasons));
}

/* ---- steps ---- */

/* The whole lot was on the bad tool: its wafers carry its defects, whatever happens to them later. */
static void meet_excursion(struct sim_family *family, struct sim_lot *lot, int group, int tool, int64_t time)
{
    const struct sim_excursion *excursion = &family->sim->excursion;
    if (excursion->tool_group != group || excursion->tool != tool || time < excursion->from || time >= excursion->to)
        return;
    for (int i = 0; i < lot->wafers; i++)
        family->excursion[lot->wafer[i]] = true;
}

static enum run hold_lot(struct sim_family *family, struct sim_lot *lot, int step)
{
    int64_t from = sim_time_at(lot, family->timeline.hold_from), to = sim_time_at(lot, family->timeline.hold_to);
    const char *reason = PICK(&family->random, hold_reasons);
    if (from >= family->sim->end)
        return RUN_CUT;
    sim_write_change(family, lot, from, "hold", step, lot->wafers, reason);
    if (to >= family->sim->end)
        return RUN_CUT_HELD;
    sim_write_change(family, lot, to, "release", step, lot->wafers, reason);
    return RUN_THROUGH;
}

/* Repeats the step within its time: out, rework, in again. */
static enum run rework_lot(struct sim_family *family, struct sim_lot *lot, int step, const char *tool)
{
    double in = family->timeline.in[step], length = family->timeline.out[step] - in;
    const char *reason = PICK(&family->random, rework_reasons);
    int64_t out = sim_time_at(lot, in + 0.4 * length), decided = sim_time_at(lot, in + 0.5 * length),
            again = sim_time_at(lot, in + 0.6 * length);
    if (out >= family->sim->end)
        return RUN_CUT;
    sim_write_move(family, lot, out, "move_out", step, tool);
    if (decided >= family->sim->end)
        return RUN_CUT;
    sim_write_change(family, lot, decided, "rework", step, lot->wafers, reason);
    if (again >= family->sim->end)
        return RUN_CUT;
    sim_write_move(family, lot, again, "move_in", step, tool);
    return RUN_THROUGH;
}

/* Lets a lot wait before a step until the tools have hours for it, and until its batch is loaded: all that follows is as much later. When it is loaded. */
static int64_t wait_for_tools(struct sim_family *family, struct sim_lot *lot, int step)
{
    struct sim_step *row = &family->source->step[step];
    int64_t planned = sim_time_at(lot, family->timeline.in[step]), seconds = sim_time_at(lot, family->timeline.out[step]) - planned;
    int64_t begin = sim_take_hours(family->sim, row->tool_group, planned > lot->last ? planned : lot->last, seconds, row->hours * lot->wafers);
    begin = sim_load(family->sim, row, begin, lot->wafers);
    if (begin > planned)
        lot->clock.time += (double)(begin - planned);
    return begin;
}

static enum run process_lot(struct sim_family *family, struct sim_lot *lot, int step)
{
    struct sim *sim = family->sim;
    int group = family->source->step[step].tool_group;
    if (sim_time_at(lot, family->timeline.in[step]) >= sim->end)
        return RUN_CUT;
    int64_t in = wait_for_tools(family, lot, step), out = sim_time_at(lot, family->timeline.out[step]);
    if (in >= sim->end)
        return RUN_CUT;
    int installed = sim_tools_on(sim, group, (int32_t)(in / SIM_SECONDS_A_DAY));
    int number = installed > 0 ? sim_choose_tool(sim, &family->source->step[step], in, installed, &family->random) : FAB_NONE; /* none: a step that takes no hours */
    const char *tool = installed > 0 ? sim->tools[group].tool[number] : NULL;
    enum run run = RUN_THROUGH;
    sim_write_move(family, lot, in, "move_in", step, tool);
    meet_excursion(family, lot, group, number, in);
    if (fab_random_chance(&family->random, family->source->step[step].rework))
        run = rework_lot(family, lot, step, tool);
    if (run != RUN_THROUGH || out >= sim->end)
        return RUN_CUT;
    sim_write_move(family, lot, out, "move_out", step, tool);
    draw_scrap(family, lot, out, step);
    return lot->wafers > 0 ? RUN_THROUGH : RUN_SCRAPPED;
}

/* ---- split and merge ---- */

/* A part of a lot, from the split at step `from` on. */
struct branch {
    struct sim_lot lot;
    enum run run;
    int merge; /* step before which it comes back; the number of steps: never */
};

static bool take_part(struct sim_family *family, struct sim_lot *lot, struct sim_lot *child)
{
    int count = 1 + fab_random_below(&family->random, lot->wafers - 1), before = lot->wafers;
    child->wafer = malloc((size_t)family->source->lot_size * sizeof *child->wafer);
    if (!child->wafer)
        return false;
    for (int i = 0; i < count; i++) {
        int place = fab_random_below(&family->random, lot->wafers);
        child->wafer[child->wafers++] = lot->wafer[place];
        lot->wafer[place] = lot->wafer[--lot->wafers];
    }
    sim_write_change(family, lot, child->last, "split", FAB_NONE, before, child->name);
    sim_write_change(family, child, child->last, "split", FAB_NONE, 0, lot->name);
    return true;
}

/* Splits a lot in the queue of step `from`; the child runs until it merges, no slower than its parent, or to the end of the route. */
static fab_status split_lot(struct sim_family *family, struct sim_lot *lot, int from, int to, struct branch *branch)
{
    fab_random *random = &family->random;
    struct sim_lot *child = &branch->lot;
    double fraction = queue_begins(family, from);
    bool merges = from + 1 < to && fab_random_chance(random, 0.5);
    *branch = (struct branch){.merge = family->source->step_count};
    branch->lot = (struct sim_lot){.parent = lot, .depth = lot->depth + 1};
    if (merges)
        branch->merge = from + 1 + fab_random_below(random, to - from - 1 < MERGE_STEPS_MAX ? to - from - 1 : MERGE_STEPS_MAX);
    snprintf(child->name, sizeof child->name, "%.32s.%d", lot->name, ++lot->children);
    child->last = sim_time_at(lot, fraction) > lot->last ? sim_time_at(lot, fraction) : lot->last;
    double pace = merges ? 0.85 + 0.15 * fab_random_uniform(random) : fab_random_spread(random, 0.05);
    child->clock = (struct sim_clock){(double)child->last, fraction, lot->clock.seconds * pace};
    if (!take_part(family, lot, child))
        return fab_fail_memory(family->sim->context);
    branch->run = run_steps(family, child, from, branch->merge);
    return FAB_OK;
}

static void merge_lot(struct sim_family *family, struct sim_lot *lot, struct branch *branch, int step)
{
    struct sim_lot *child = &branch->lot;
    int64_t planned = sim_time_at(lot, queue_begins(family, step)), time = planned > lot->last ? planned : lot->last;
    int before = lot->wafers, part = child->wafers;
    time = child->last > time ? child->last : time;
    memcpy(lot->wafer + lot->wafers, child->wafer, (size_t)part * sizeof *child->wafer);
    lot->wafers += part;
    child->wafers = 0;
    sim_write_change(family, child, time, "merge", FAB_NONE, part, lot->name);
    sim_write_change(family, lot, time, "merge", FAB_NONE, before, child->name);
    sim_write_lot(family, child, "done", -1);
}

/* Settles a branch when its parent stands before `step` (FAB_NONE: the parent's way has ended with `run`). True when the branch is done
 * with. */
static bool settle_branch(struct sim_family *family, struct sim_lot *lot, struct branch *branch, int step, enum run run)
{
    int n = family->source->step_count;
    if (branch->run == RUN_THROUGH && branch->merge < n && step == FAB_NONE && run == RUN_SCRAPPED) {
        branch->run = run_steps(family, &branch->lot, branch->merge, n); /* nothing to merge with is left */
        branch->merge = n;
    }
    if (branch->run == RUN_THROUGH && branch->merge < n && step != FAB_NONE) {
        if (branch->merge != step)
            return false;
        merge_lot(family, lot, branch, step);
    } else {
        end_lot(family, &branch->lot, branch->run, branch->merge);
    }
    free(branch->lot.wafer);
    branch->lot.wafer = NULL;
    return true;
}

static bool splits_here(struct sim_family *family, const struct sim_lot *lot, int step)
{
    return step > 0 && lot->wafers > 1 && lot->depth < DEPTH_MAX && fab_random_chance(&family->random, family->split_chance);
}

/* Runs a lot from the queue of step `from` to that of step `to`. A lot has at most one branch that will merge or has still to be written.
 */
static enum run run_steps(struct sim_family *family, struct sim_lot *lot, int from, int to)
{
    enum run run = RUN_THROUGH;
    struct branch branch;
    bool open = false;
    for (int step = from; step < to && run == RUN_THROUGH; step++) {
        if (open)
            open = !settle_branch(family, lot, &branch, step, run);
        if (!open && sim_time_at(lot, queue_begins(family, step)) < family->sim->end && splits_here(family, lot, step)) {
            family->sim->status = split_lot(family, lot, step, to, &branch);
            open = family->sim->status == FAB_OK;
            run = open ? run : RUN_CUT;
            if (open && branch.merge == family->source->step_count)
                open = !settle_branch(family, lot, &branch, step, run);
        }
        if (run == RUN_THROUGH && family->timeline.hold_step == step && lot->depth == 0)
            run = hold_lot(family, lot, step);
        if (run == RUN_THROUGH)
            run = process_lot(family, lot, step);
    }
    if (open)
        settle_branch(family, lot, &branch, FAB_NONE, run);
    return run;
}

/* ---- starts ---- */

static void begin_family(struct sim_family *family, fab_random *starts, int64_t start, int number)
{
    struct sim *sim = family->sim;
    struct sim_source *source = family->source;
    int32_t day = (int32_t)(start / SIM_SECONDS_A_DAY);
    double planned = sim_cycle_days(sim, source, day), hot_share = sim->options.hot_share;
    family->random = fab_random_stream(sim->options.seed, SIM_STREAM_LOTS + (uint64_t)source->number, (uint64_t)number);
    snprintf(family->root, sizeof family->root, "L%02d%06d", source->number, number);
    family->hot = fab_random_chance(starts, hot_share);
    family->start = start;
    family->due = start + (int64_t)(planned * (family->hot ? HOT_DUE_CYCLE : DUE_CYCLE) * SIM_SECONDS_A_DAY);
    family->customer = source->customers > 0 ? source->customer[fab_random_below(starts, source->customers)] : NULL;
    family->hazard = -log(fmax(sim_line_yield(source, day), 1e-6));
    family->split_chance = sim->options.split_share / source->step_count;
    memset(family->excursion, 0, (size_t)source->lot_size * sizeof *family->excursion);
}

static void run_family(struct sim_family *family, int *wafers)
{
    struct sim *sim = family->sim;
    struct sim_source *source = family->source;
    struct sim_lot lot = {.wafer = wafers, .wafers = source->lot_size, .last = family->start};
    double hot_share = sim->options.hot_share, pace = family->hot ? HOT_CYCLE : (1 - hot_share * HOT_CYCLE) / (1 - hot_share); /* mean 1 */
    double days = sim_cycle_days(sim, source, (int32_t)(family->start / SIM_SECONDS_A_DAY)) * pace *
                  fab_random_spread(&family->random, sim->options.cycle_spread);
    for (int w = 0; w < source->lot_size; w++)
        wafers[w] = w;
    memcpy(lot.name, family->root, sizeof lot.name);
    lot.clock = (struct sim_clock){(double)family->start, 0, days * SIM_SECONDS_A_DAY};
    draw_timeline(family, days);
    sim_write_change(family, &lot, family->start, "start", FAB_NONE, 0, NULL);
    enum run run = run_steps(family, &lot, 0, source->step_count);
    end_lot(family, &lot, run, source->step_count);
    source->tally.lots++;
    source->tally.started_wafers += source->lot_size;
}

static fab_status run_lots(struct sim_family *family, int *wafers)
{
    struct sim *sim = family->sim;
    struct sim_source *source = family->source;
    fab_random starts = fab_random_stream(sim->options.seed, SIM_STREAM_STARTS, (uint64_t)source->number);
    double warm_up = sim_cycle_days(sim, source, (int32_t)(sim->begin / SIM_SECONDS_A_DAY)) * SIM_SECONDS_A_DAY;
    double time = sim_next_start(sim, source, (double)sim->begin - warm_up, source->lot_size * fab_random_uniform(&starts));
    for (int number = 1; time < (double)sim->end; number++) {
        begin_family(family, &starts, (int64_t)time, number);
        run_family(family, wafers);
        if (sim->status != FAB_OK)
            return sim->status;
        time = sim_next_start(sim, source, time, source->lot_size * (0.6 + 0.8 * fab_random_uniform(&starts)));
        if (number % LOTS_BETWEEN_CHECKS == 0) {
            if (fab_context_interrupted(sim->context))
                return fab_fail(sim->context, FAB_INTERRUPTED, "interrupted");
            fab_say(sim->context, FAB_LEVEL_PROGRESS, "%s: lot %d", source->row->source, number);
        }
    }
    return FAB_OK;
}

fab_status sim_run_source(struct sim *sim, struct sim_source *source)
{
    struct sim_family family = {.sim = sim, .source = source};
    size_t n = (size_t)source->step_count, size = (size_t)source->lot_size;
    int *wafers = malloc(size * sizeof *wafers);
    family.excursion = malloc(size * sizeof *family.excursion);
    family.timeline.in = malloc(n * sizeof(double));
    family.timeline.out = malloc(n * sizeof(double));
    fab_status status = FAB_OK;
    if (!wafers || !family.excursion || !family.timeline.in || !family.timeline.out)
        status = fab_fail_memory(sim->context);
    else
        status = run_lots(&family, wafers);
    free(wafers);
    free(family.excursion);
    free(family.timeline.in);
    free(family.timeline.out);
    return status;
}
