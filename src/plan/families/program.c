/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include "array.h"

static int *place_of(const fab_program *program, struct fab_tag tag)
{
    const struct fab_block *block = &program->block[tag.family];
    int b = tag.b == FAB_NONE ? 0 : tag.b, period = block->shape.periods ? tag.period : 0;
    return &block->place[(tag.a * block->shape.b + b) * block->periods + period];
}

int fab_program_find(const fab_program *program, struct fab_tag tag)
{
    return *place_of(program, tag);
}

int fab_program_at(const fab_program *program, int family, int a, int period)
{
    return *place_of(program, fab_tag_of(family, a, period));
}

int fab_program_go(const fab_program *program, int wip_group, const struct fab_go *go)
{
    return fab_program_at(program, go->period == FAB_NONE ? FAB_GO : FAB_GO_IN, wip_group, go->period);
}

void fab_program_label(const fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    *label->subject = *label->detail = '\0';
    label->reason = program->family[tag.family].reason;
    program->family[tag.family].label(program, tag, label);
}

/* "CODE[subject,detail,period]" with what there is of it; NULL when memory is short. */
static const char *make_name(const fab_program *program, struct fab_tag tag)
{
    struct fab_label label;
    const char *part[3];
    int count = 0;
    fab_program_label(program, tag, &label);
    if (*label.subject)
        part[count++] = label.subject;
    if (*label.detail)
        part[count++] = label.detail;
    if (tag.period != FAB_NONE)
        part[count++] = program->terms->period[tag.period].name;
    return fab_arena_printf(program->lp->arena, "%s[%s%s%s%s%s]", program->family[tag.family].code, count > 0 ? part[0] : "", count > 1 ? "," : "",
                            count > 1 ? part[1] : "", count > 2 ? "," : "", count > 2 ? part[2] : "");
}

int fab_program_add_row(fab_program *program, struct fab_tag tag, double lower, double upper)
{
    const char *name = make_name(program, tag);
    int row = name ? fab_lp_add_row(program->lp, name, lower, upper) : FAB_NONE;
    if (row != FAB_NONE) {
        program->lp->row[row].tag = tag;
        *place_of(program, tag) = row;
    }
    return row;
}

int fab_program_add_column(fab_program *program, struct fab_tag tag, double upper)
{
    const char *name = make_name(program, tag);
    int column = name ? fab_lp_add_column(program->lp, name, 0, upper, 0) : FAB_NONE;
    if (column != FAB_NONE) {
        program->lp->column[column].tag = tag;
        *place_of(program, tag) = column;
    }
    return column;
}

bool fab_program_put(fab_program *program, int row, int column, double value)
{
    if (row == FAB_NONE || column == FAB_NONE)
        return true;
    int family = program->lp->row[row].tag.family;
    if (family == FAB_NONE || !program->family[family].as_a_whole) {
        if (!FAB_ARRAY_ROOM(&program->addend, program->addend_count, &program->addend_capacity))
            return false;
        program->addend[program->addend_count++] = (struct fab_addend){row, column, value};
    }
    return fab_lp_add(program->lp, row, column, value);
}

/* The kind of money of a column: what lies behind the horizon is the tail's, but for orders of the horizon that ship there. */
static fab_money kind_of(const fab_program *program, struct fab_tag tag, fab_money kind)
{
    const fab_terms *terms = program->terms;
    bool order = tag.family == FAB_Y || tag.family == FAB_SHORT || tag.family == FAB_LACK;
    if (terms->horizon_periods == terms->period_count)
        return kind;
    bool behind = order ? tag.a >= terms->horizon_orders : tag.period != FAB_NONE && tag.period >= terms->horizon_periods;
    return behind || kind == FAB_MONEY_END_VALUE ? FAB_MONEY_TAIL : kind;
}

fab_money fab_program_money_in(const fab_program *program, int period, fab_money kind)
{
    return period >= program->terms->horizon_periods ? FAB_MONEY_TAIL : kind;
}

bool fab_program_pay(fab_program *program, int column, fab_money kind, double usd)
{
    if (usd == 0)
        return true;
    if (!FAB_ARRAY_ROOM(&program->amount, program->amount_count, &program->amount_capacity))
        return false;
    program->amount[program->amount_count++] = (struct fab_amount){column, kind_of(program, program->lp->column[column].tag, kind), usd};
    program->lp->column[column].objective += usd;
    return true;
}

bool fab_program_put_tools(fab_program *program, int row, int tool_group, int period, double scale)
{
    for (int t = 0; t <= period; t++) {
        int order = fab_program_at(program, FAB_N, tool_group, t);
        if (order != FAB_NONE && fab_terms_delivery_period(program->terms, tool_group, t) <= period &&
            !fab_program_put(program, row, order, scale))
            return false;
        if (!fab_program_put(program, row, fab_program_at(program, FAB_R, tool_group, t), -scale))
            return false;
    }
    return true;
}

static bool each_load(fab_program *program, int column, int first, int count, fab_hours_add *add)
{
    const struct fab_load *load = program->terms->load;
    for (int l = first; l < first + count; l++)
        if (!add(program, column, load[l].tool_group, load[l].period, load[l].hours))
            return false;
    return true;
}

bool fab_program_each_hours(fab_program *program, fab_hours_add *add)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            if (!each_load(program, fab_program_at(program, FAB_X, s, t), at->first_load, at->load_count, add))
                return false;
        }
    for (int k = 0; k < terms->wip_count; k++)
        for (int w = 0; w < terms->wip[k].go_count; w++) {
            const struct fab_go *go = &terms->wip[k].go[w];
            if (!each_load(program, fab_program_go(program, k, go), go->first_load, go->load_count, add))
                return false;
        }
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < T; u++) {
            const struct fab_tool_alternate *row = &model->tool_alternate[a];
            int column = fab_program_at(program, FAB_MOVED, a, u); /* not in periods in which the alternate is not qualified */
            if (column != FAB_NONE && (!add(program, column, row->tool_group, u, -1) || !add(program, column, row->alternate, u, row->hours_ratio)))
                return false;
        }
    return true;
}

static bool each_take(fab_program *program, fab_use_add *add, void *user, int column, int first, int count)
{
    for (int k = first; column != FAB_NONE && k < first + count; k++)
        if (!add(program, user, column, &program->terms->take[k]))
            return false;
    return true;
}

bool fab_program_each_use(fab_program *program, fab_use_add *add, void *user)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            if (!each_take(program, add, user, fab_program_at(program, FAB_X, s, t), at->first_take, at->take_count))
                return false;
        }
    for (int k = 0; k < terms->wip_count; k++)
        for (int w = 0; w < terms->wip[k].go_count; w++) {
            const struct fab_go *go = &terms->wip[k].go[w];
            if (!each_take(program, add, user, fab_program_go(program, k, go), go->first_take, go->take_count))
                return false;
        }
    return true;
}

void fab_program_totals(const fab_program *program, const double *x, double totals[FAB_MONEY_COUNT])
{
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        totals[k] = program->constant[k];
    for (int a = 0; a < program->amount_count; a++)
        totals[program->amount[a].kind] += program->amount[a].usd * x[program->amount[a].column];
}
