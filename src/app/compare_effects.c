/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_effects.h"

#include "dictionary.h"
#include "replan.h"
#include "try.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAN, INPUT, DIFFERENCES, EXAMPLE, OBJECTIVE, PROFIT, GAP, FILLS, REASON_COLUMNS };

enum { TEXT_SIZE = 1024, EXAMPLE_SIZE = 160 };

/* A change of fill below this is none. */
#define SAME_FILL 0.0005

fab_table *fab_reasons_table(void)
{
    static const char *const columns[] = {"plan", "input", "differences", "example", "objective_usd", "profit_usd", "gap", "fills"};
    return fab_table_new("reasons", columns, REASON_COLUMNS);
}

/* One row of the answer. Money that is NAN is not known. */
struct reason {
    const char *input, *example, *fills;
    int differences;
    double objective_usd, profit_usd, gap;
};

static fab_value money(double usd)
{
    return isnan(usd) ? (fab_value){.type = FAB_NULL} : fab_real(usd);
}

static fab_status add_reason(fab_context *context, fab_table *reasons, int64_t plan, const struct reason *reason)
{
    fab_status status = FAB_OK;
    fab_value *row = fab_table_add_row(reasons);
    TRY_MEMORY(context, row);
    row[PLAN] = fab_integer(plan);
    row[INPUT] = fab_text(fab_table_keep(reasons, reason->input));
    row[DIFFERENCES] = fab_integer(reason->differences);
    row[EXAMPLE] = fab_text(fab_table_keep(reasons, reason->example));
    row[OBJECTIVE] = money(reason->objective_usd);
    row[PROFIT] = money(reason->profit_usd);
    row[GAP] = money(reason->gap);
    row[FILLS] = fab_text(fab_table_keep(reasons, reason->fills));
    TRY_MEMORY(context, row[INPUT].type == FAB_TEXT && row[EXAMPLE].type == FAB_TEXT && row[FILLS].type == FAB_TEXT);
out:
    return status;
}

/* ---- words ---- */

static void write_input(const struct fab_input_group *group, char text[TEXT_SIZE])
{
    snprintf(text, TEXT_SIZE, "%s%s%s", group->table, group->column ? "." : "", group->column ? group->column : "");
}

/* Long texts of rows are cut between characters: the whole is in the list of differences. */
static void cut_text(char *text)
{
    if (strlen(text) < EXAMPLE_SIZE)
        return;
    size_t end = EXAMPLE_SIZE - 4;
    while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    memcpy(text + end, "...", 4);
}

static void write_example(const struct fab_input_group *group, char text[TEXT_SIZE])
{
    if (group->before && group->after)
        snprintf(text, TEXT_SIZE, "%s: %s -> %s", group->key, *group->before ? group->before : "empty", *group->after ? group->after : "empty");
    else
        snprintf(text, TEXT_SIZE, "%s: %s%s", group->key, group->after ? "" : "without ", group->after ? group->after : group->before);
    cut_text(text);
}

/* The customers whose fill is another. */
static void write_fills(const fab_plan *base, const fab_plan *moved, char text[TEXT_SIZE])
{
    size_t used = 0;
    text[0] = '\0';
    for (int c = 0; c < base->model->customer_count; c++) {
        const char *id = base->model->customer[c].customer;
        int other = fab_model_find_row(moved->model, fab_dictionary_find("customer"), id);
        double before = 0, after = 0, demanded = fab_view_customer(base, c, &before), wanted = other == FAB_NONE ? 0 : fab_view_customer(moved, other, &after);
        double change = (wanted > 0 ? after / wanted : 1) - (demanded > 0 ? before / demanded : 1);
        if (fabs(change) < SAME_FILL || used >= TEXT_SIZE)
            continue;
        used += (size_t)snprintf(text + used, TEXT_SIZE - used, "%s%s %+.1f %%", used ? ", " : "", id, 100 * change);
    }
}

/* ---- one at a time ---- */

struct effects {
    fab_context *context, *quiet;
    const struct fab_comparison *comparison;
    fab *base;
    fab_table *reasons;
    struct fab_replan start;       /* the base once more */
    double objective_usd, profit_usd; /* what the kinds that were solved add up to */
    int differences;               /* of kinds that were not */
};

/* False: the changes of this kind make no data set by themselves, or there is no plan of it. */
static fab_status solve_group(struct effects *effects, const struct fab_input_group *group, bool *solved)
{
    fab_status status = FAB_OK;
    struct fab_replan moved = {0};
    char input[TEXT_SIZE], example[TEXT_SIZE], fills[TEXT_SIZE];
    write_input(group, input);
    fab_say(effects->context, FAB_LEVEL_DETAIL, "the base with %s alone", input);
    fab_context_reset(effects->quiet);
    status = fab_replan(effects->context, effects->base, &(struct fab_replan_asked){.more = group->changes, .near = effects->start.plan}, effects->quiet, &moved);
    *solved = status == FAB_OK && moved.plan->outcome == FAB_OPTIMAL;
    if (status == FAB_INPUT)
        status = FAB_OK;
    if (status != FAB_OK || !*solved)
        goto out;
    const fab_plan *start = effects->start.plan;
    write_example(group, example);
    write_fills(start, moved.plan, fills);
    const struct reason reason = {input, example, fills, group->count, moved.plan->certificate.objective - start->certificate.objective, moved.plan->profit_usd - start->profit_usd,
                                  fmax(moved.plan->certificate.gap, start->certificate.gap)};
    effects->objective_usd += reason.objective_usd;
    effects->profit_usd += reason.profit_usd;
    TRY(add_reason(effects->context, effects->reasons, effects->comparison->other.plan, &reason));
out:
    fab_replan_fini(&moved);
    return status;
}

static bool same_choices(const struct fab_comparison *comparison)
{
    return strcmp(comparison->base.choices, comparison->other.choices) == 0;
}

/* What is left of the difference of the plans when what each kind makes alone is taken away. */
static fab_status add_rest(struct effects *effects, const char *input, const char *example)
{
    const struct fab_comparison *comparison = effects->comparison;
    const struct reason rest = {input, example, "", effects->differences, comparison->other.objective_usd - comparison->base.objective_usd - effects->objective_usd,
                                comparison->other.profit_usd - comparison->base.profit_usd - effects->profit_usd, (double)NAN};
    return add_reason(effects->context, effects->reasons, comparison->other.plan, &rest);
}

static fab_status solve_groups(struct effects *effects, const struct fab_input_groups *groups)
{
    fab_status status = FAB_OK;
    const struct fab_comparison *comparison = effects->comparison;
    TRY_MEMORY(effects->context, effects->quiet = fab_context_new());
    if (groups->count > 0 && comparison->most > 0)
        TRY(fab_replan(effects->context, effects->base, &(struct fab_replan_asked){0}, effects->quiet, &effects->start));
    for (int g = 0; g < groups->count; g++) {
        bool solved = false;
        if (g < comparison->most && groups->group[g].expressible && effects->start.plan->outcome == FAB_OPTIMAL)
            TRY(solve_group(effects, &groups->group[g], &solved));
        if (!solved)
            effects->differences += groups->group[g].count;
    }
    TRY(add_rest(effects, "together", same_choices(comparison) ? "what the inputs make only with each other, and those not solved alone" : "the plans' choices, and what inputs make only with each other"));
out:
    fab_replan_fini(&effects->start);
    fab_context_free(effects->quiet);
    return status;
}

fab_status fab_compare_effects(fab_context *context, const struct fab_comparison *comparison, fab *base, const struct fab_input_groups *groups, fab_table *reasons)
{
    struct effects effects = {.context = context, .comparison = comparison, .base = base, .reasons = reasons};
    char input[TEXT_SIZE], example[TEXT_SIZE];
    if (groups->count == 0 && same_choices(comparison))
        return FAB_OK;
    if (groups->count == 0)
        return add_rest(&effects, "choices", "policy, start and other choices of the plans");
    if (groups->count > 1 || !same_choices(comparison))
        return solve_groups(&effects, groups);
    write_input(&groups->group[0], input);
    write_example(&groups->group[0], example);
    const struct reason whole = {input, example, "", groups->group[0].count, comparison->other.objective_usd - comparison->base.objective_usd,
                                 comparison->other.profit_usd - comparison->base.profit_usd, fmax(comparison->base.gap, comparison->other.gap)};
    return add_reason(context, reasons, comparison->other.plan, &whole);
}
