/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alone.h"

#include "try.h"

#include <math.h>
#include <stdio.h>

struct alone {
    const struct fab_run *run;
    fab_solver *solver;
    const struct fab_leads *leads;
    int customer;
    double share;
};

static double part(const struct alone *alone, const bool *list, int index)
{
    return fab_leads_part(alone->leads, &list[index * alone->leads->customers], alone->customer, alone->share);
}

/* Installed tools of a group in a period, its part. */
static double tools(const struct alone *alone, int g, int u)
{
    const fab_terms *terms = alone->run->program->terms;
    return part(alone, alone->leads->tool_group, g) * terms->tools[g * terms->period_count + u];
}

static double floor_of(const struct alone *alone, int line, int u)
{
    const fab_model *model = alone->run->program->terms->model;
    double limit = part(alone, alone->leads->line, line) * model->line[line].floor_m2;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->tool_group[g].line == line)
            limit -= model->tool_group[g].floor_m2 * tools(alone, g, u);
    return limit;
}

/* Power above base load, and what installed generators add. */
static double power_of(const struct alone *alone, int site, int u)
{
    const fab_terms *terms = alone->run->program->terms;
    const fab_model *model = terms->model;
    double limit = terms->power_mw[site * terms->period_count + u], supply = 0;
    for (int l = 0; l < model->line_count; l++)
        limit -= model->line[l].site == site ? model->line[l].base_load_mw : 0;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->line[model->tool_group[g].line].site == site)
            supply += model->tool_group[g].supply_mw * tools(alone, g, u);
    return part(alone, alone->leads->site, site) * limit + supply;
}

/* Parts that leave less than nothing (tools that are the customer's own, on a floor that is shared): the limit goes by share. */
static double or_share(const struct alone *alone, double left, double limit)
{
    return left < 0 ? limit * alone->share : left;
}

/* Its part of the right side of a limit. NAN: the row stays as it is. */
static double right_side(const struct alone *alone, struct fab_tag tag, double limit)
{
    const fab_terms *terms = alone->run->program->terms;
    const fab_model *model = terms->model;
    const struct fab_leads *leads = alone->leads;
    switch (tag.family) {
    case FAB_CAP:
    case FAB_RMV: return part(alone, leads->tool_group, tag.a) * limit;
    case FAB_BAL: return part(alone, leads->item, tag.a) * limit;
    case FAB_WIP: return part(alone, leads->source, terms->wip[tag.a].source) * limit;
    case FAB_LIN: return part(alone, leads->line, model->line_limit[tag.a].line) * limit;
    case FAB_DLV: return part(alone, leads->tool_group, model->tool_delivery_limit[tag.a].tool_group) * limit;
    case FAB_BUD: return part(alone, leads->budget, 0) * limit;
    case FAB_FLR: return or_share(alone, floor_of(alone, tag.a, tag.period), limit);
    case FAB_PWR: return or_share(alone, power_of(alone, tag.a, tag.period), limit);
    default: return (double)NAN;
    }
}

static fab_status set_row(const struct alone *alone, int i)
{
    const fab_lp *lp = alone->run->program->lp;
    const struct fab_lp_row *row = &lp->row[i];
    bool promise = row->tag.family == FAB_TGT || (row->tag.family == FAB_CUM && row->tag.b == FAB_CUM_LEAST);
    if (promise || row->tag.family == FAB_MIN || row->tag.family == FAB_SRC || row->tag.family == FAB_POL || row->tag.family == FAB_FRZ)
        return fab_solver_set_row_limits(alone->run->context, alone->solver, i, -(double)INFINITY, (double)INFINITY);
    bool upper = isfinite(row->upper);
    double limit = right_side(alone, row->tag, upper ? row->upper : row->lower);
    if (isnan(limit))
        return FAB_OK;
    return fab_solver_set_row_limits(alone->run->context, alone->solver, i, isfinite(row->lower) ? limit : row->lower, upper ? limit : row->upper);
}

/* Upper limits that the data has: a contract's maximum, room for stock; of others' shipments none is left. */
static double upper_limit(const struct alone *alone, const struct fab_lp_column *column)
{
    const fab_terms *terms = alone->run->program->terms;
    struct fab_tag tag = column->tag;
    if (tag.family == FAB_Y && terms->model->demand[tag.a].customer != alone->customer)
        return 0;
    if (tag.family == FAB_X && !isnan(terms->source[tag.a].period[tag.period].max_starts))
        return fmin(column->upper, part(alone, alone->leads->source, tag.a) * terms->source[tag.a].period[tag.period].max_starts);
    if (tag.family == FAB_I && !isnan(terms->max_stock[tag.a * terms->period_count + tag.period]))
        return fmin(column->upper, part(alone, alone->leads->item, tag.a) * terms->max_stock[tag.a * terms->period_count + tag.period]);
    return column->upper;
}

fab_status fab_alone_set(struct fab_run *run, fab_solver *solver, const struct fab_leads *leads, int customer)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = run->program->lp;
    const struct alone alone = {run, solver, leads, customer, run->program->terms->model->customer[customer].entitlement};
    for (int i = 0; i < lp->row_count; i++)
        TRY(set_row(&alone, i));
    for (int j = 0; j < lp->column_count; j++)
        TRY(fab_solver_set_column_limits(run->context, solver, j, lp->column[j].lower, upper_limit(&alone, &lp->column[j])));
out:
    return status;
}

void fab_alone_weigh(struct fab_run *run)
{
    const fab_program *program = run->program;
    fab_run_clear(run);
    for (int a = 0; a < program->amount_count; a++) {
        int column = program->amount[a].column, family = program->lp->column[column].tag.family;
        if (family != FAB_BELOW && family != FAB_BEHIND && family != FAB_SHORT && family != FAB_LACK && family != FAB_LACKMIN && family != FAB_MORE && family != FAB_LESS)
            run->objective[column] += program->amount[a].usd;
    }
}

/* ---- what counts in full ---- */

enum { NAMED = 6 };

struct list {
    char text[FAB_DETAIL_SIZE];
    size_t length;
    int named, more;
};

static void name(struct list *list, const char *kind, const char *id)
{
    if (list->named >= NAMED || list->length >= sizeof list->text) {
        list->more++;
        return;
    }
    list->length += (size_t)snprintf(list->text + list->length, sizeof list->text - list->length, "%s%s %s", list->named ? ", " : "", kind, id);
    list->named++;
}

static bool has_limit(const fab_model *model, int line)
{
    for (int r = 0; r < model->line_limit_count; r++)
        if (model->line_limit[r].line == line)
            return true;
    return false;
}

const char *fab_alone_own(struct fab_run *run, const struct fab_leads *leads, int customer)
{
    const fab_model *model = run->program->terms->model;
    struct list list = {.text = ""};
    int customers = leads->customers;
    for (int g = 0; g < model->tool_group_count; g++)
        if (fab_leads_alone(leads, &leads->tool_group[g * customers], customer))
            name(&list, "tools", model->tool_group[g].tool_group);
    for (int l = 0; l < model->line_count; l++)
        if (fab_leads_alone(leads, &leads->line[l * customers], customer) && (!isnan(model->line[l].floor_m2) || has_limit(model, l)))
            name(&list, "line", model->line[l].line);
    for (int s = 0; s < model->site_count; s++)
        if (fab_leads_alone(leads, &leads->site[s * customers], customer) && !isnan(run->program->terms->power_mw[s * run->program->terms->period_count]))
            name(&list, "power", model->site[s].site);
    for (int i = 0; i < model->item_count; i++)
        if (fab_leads_alone(leads, &leads->item[i * customers], customer) && run->program->terms->on_hand[i] > 0)
            name(&list, "stock", model->item[i].item);
    for (int r = 0; r < model->source_limit_count; r++)
        list.more += !isnan(model->source_limit[r].max_starts_per_week) && fab_leads_alone(leads, &leads->source[model->source_limit[r].source * customers], customer);
    return list.more ? fab_run_text(run, "%s%s%d more", list.text, list.named ? ", and " : "", list.more) : fab_run_text(run, "%s", list.text);
}
