/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "leads.h"

/* Adds where `from` leads to where `to` leads; true when that is news. */
static bool join(const struct fab_leads *leads, bool *list, int to, const bool *other, int from)
{
    bool news = false;
    for (int c = 0; c < leads->customers; c++) {
        bool *mark = &list[to * leads->customers + c];
        news = news || (other[from * leads->customers + c] && !*mark);
        *mark = *mark || other[from * leads->customers + c];
    }
    return news;
}

/* A source leads where its outputs do, its components where it does. */
static bool pass_source(const fab_terms *terms, struct fab_leads *leads, int s)
{
    const struct fab_source_terms *source = &terms->source[s];
    bool news = false;
    for (int o = 0; o < source->output_count; o++)
        news = join(leads, leads->source, s, leads->item, source->output[o].item) || news;
    for (int k = 0; k < source->component_count; k++)
        news = join(leads, leads->item, source->component[k].item, leads->source, s) || news;
    return news;
}

static void pass_items(const fab_terms *terms, struct fab_leads *leads)
{
    const fab_model *model = terms->model;
    for (int d = 0; d < model->demand_count; d++)
        leads->item[model->demand[d].item * leads->customers + model->demand[d].customer] = true;
    for (bool news = true; news;) {
        news = false;
        for (int j = 0; j < model->substitute_count; j++)
            news = join(leads, leads->item, model->substitute[j].item, leads->item, model->substitute[j].instead_of) || news;
        for (int s = 0; s < model->source_count; s++)
            news = pass_source(terms, leads, s) || news;
    }
}

/* A tool group leads where the sources of its steps do, and where those of the groups do whose hours may be done on it: hours that came from another group are not passed on. */
static void pass_tools(const fab_terms *terms, struct fab_leads *leads, bool *own)
{
    const fab_model *model = terms->model;
    for (int s = 0; s < model->source_count; s++)
        for (int k = 0; k < terms->source[s].step_count; k++)
            join(leads, own, terms->source[s].step[k].tool_group, leads->source, s);
    for (int g = 0; g < model->tool_group_count; g++)
        join(leads, leads->tool_group, g, own, g);
    for (int a = 0; a < model->tool_alternate_count; a++)
        join(leads, leads->tool_group, model->tool_alternate[a].alternate, own, model->tool_alternate[a].tool_group);
}

/* Lines lead where their sources and tools do, sites where their lines do; then a shell where its line, a supply where its site does, and the budget where the tools do that can be bought. */
static void pass_places(const fab_terms *terms, struct fab_leads *leads)
{
    const fab_model *model = terms->model;
    for (int s = 0; s < model->source_count; s++)
        join(leads, leads->line, model->source[s].line, leads->source, s);
    for (int g = 0; g < model->tool_group_count; g++)
        join(leads, leads->line, model->tool_group[g].line, leads->tool_group, g);
    for (int l = 0; l < model->line_count; l++)
        join(leads, leads->site, model->line[l].site, leads->line, l);
    for (int g = 0; g < model->tool_group_count; g++) {
        const struct fab_tool_group *group = &model->tool_group[g];
        if (group->floor_m2 < 0)
            join(leads, leads->tool_group, g, leads->line, group->line);
        if (group->supply_mw > 0)
            join(leads, leads->tool_group, g, leads->site, model->line[group->line].site);
        if (group->buyable)
            join(leads, leads->budget, 0, leads->tool_group, g);
    }
}

bool fab_leads_find(const fab_terms *terms, fab_arena *arena, struct fab_leads *leads)
{
    const fab_model *model = terms->model;
    size_t customers = (size_t)model->customer_count;
    *leads = (struct fab_leads){.customers = model->customer_count,
                                .item = fab_arena_take(arena, customers * (size_t)model->item_count, sizeof(bool)),
                                .source = fab_arena_take(arena, customers * (size_t)model->source_count, sizeof(bool)),
                                .tool_group = fab_arena_take(arena, customers * (size_t)model->tool_group_count, sizeof(bool)),
                                .line = fab_arena_take(arena, customers * (size_t)model->line_count, sizeof(bool)),
                                .site = fab_arena_take(arena, customers * (size_t)model->site_count, sizeof(bool)),
                                .budget = fab_arena_take(arena, customers, sizeof(bool))};
    bool *own = fab_arena_take(arena, customers * (size_t)model->tool_group_count, sizeof(bool));
    if (!own || !leads->item || !leads->source || !leads->tool_group || !leads->line || !leads->site || !leads->budget)
        return false;
    pass_items(terms, leads);
    pass_tools(terms, leads, own);
    pass_places(terms, leads);
    return true;
}

static int count(const struct fab_leads *leads, const bool *row)
{
    int led = 0;
    for (int c = 0; c < leads->customers; c++)
        led += row[c];
    return led;
}

bool fab_leads_alone(const struct fab_leads *leads, const bool *row, int customer)
{
    return row[customer] && count(leads, row) == 1;
}

double fab_leads_part(const struct fab_leads *leads, const bool *row, int customer, double share)
{
    if (count(leads, row) != 1)
        return share;
    return row[customer] ? 1 : 0;
}
