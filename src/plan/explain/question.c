/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question.h"

#include <string.h>

const char *const fab_subject_names[] = {
    [FAB_SUBJECT_PLAN] = "plan",     [FAB_SUBJECT_DEMAND] = "demand",     [FAB_SUBJECT_CUSTOMER] = "customer", [FAB_SUBJECT_TOOL_GROUP] = "tool_group",
    [FAB_SUBJECT_LINE] = "line",     [FAB_SUBJECT_PERIOD] = "period",     [FAB_SUBJECT_BUDGET] = "budget",     [FAB_SUBJECT_SITE] = "site",
    [FAB_SUBJECT_CONTRACT] = "contract", [FAB_SUBJECT_YIELD] = "yield",   [FAB_SUBJECT_CYCLE_TIME] = "cycle_time",
};

const char *fab_question_key(const struct fab_question *question)
{
    const fab_model *model = question->plan->model;
    int n = question->index;
    switch (question->subject) {
    case FAB_SUBJECT_DEMAND: return model->demand[n].demand;
    case FAB_SUBJECT_CUSTOMER: return model->customer[n].customer;
    case FAB_SUBJECT_TOOL_GROUP: return model->tool_group[n].tool_group;
    case FAB_SUBJECT_LINE: return model->line[n].line;
    case FAB_SUBJECT_PERIOD: return question->plan->terms->period[n].name;
    case FAB_SUBJECT_SITE: return model->site[n].site;
    case FAB_SUBJECT_CONTRACT:
    case FAB_SUBJECT_YIELD: return model->source[n].source;
    case FAB_SUBJECT_CYCLE_TIME: return model->route[n].route;
    case FAB_SUBJECT_BUDGET:
    case FAB_SUBJECT_PLAN: break;
    }
    return "";
}

static bool is_one_of(const char *what, const char *const whats[])
{
    for (int w = 0; whats[w]; w++)
        if (strcmp(what, whats[w]) == 0)
            return true;
    return false;
}

static bool is_of_tools(const char *what)
{
    static const char *const whats[] = {"hour", "tool", "delivery", NULL};
    return is_one_of(what, whats);
}

static bool is_of_tool_group(const fab_model *model, const struct fab_candidate *candidate, int g)
{
    return is_of_tools(candidate->what) && strcmp(candidate->key, model->tool_group[g].tool_group) == 0;
}

static bool is_of_source(const fab_model *model, const struct fab_candidate *candidate, int s)
{
    static const char *const whats[] = {"starts", "minimum", NULL};
    return is_one_of(candidate->what, whats) && strcmp(candidate->key, model->source[s].source) == 0;
}

static bool is_of_line(const fab_model *model, const struct fab_candidate *candidate, int line)
{
    static const char *const whats[] = {"m2", "rate", "ramp", "drop", NULL};
    bool found = is_one_of(candidate->what, whats) && strcmp(candidate->key, model->line[line].line) == 0;
    for (int g = 0; !found && g < model->tool_group_count; g++)
        found = model->tool_group[g].line == line && is_of_tool_group(model, candidate, g);
    for (int s = 0; !found && s < model->source_count; s++)
        found = model->source[s].line == line && is_of_source(model, candidate, s);
    return found;
}

static bool is_of_site(const fab_model *model, const struct fab_candidate *candidate, int site)
{
    bool found = strcmp(candidate->what, "mw") == 0 && strcmp(candidate->key, model->site[site].site) == 0;
    for (int line = 0; !found && line < model->line_count; line++)
        found = model->line[line].site == site && strcmp(candidate->what, "m2") == 0 && strcmp(candidate->key, model->line[line].line) == 0;
    return found;
}

/* "CUSTOMER/ITEM". */
static bool is_of_customer(const fab_model *model, const struct fab_candidate *candidate, int customer)
{
    size_t length = strlen(model->customer[customer].customer);
    return strcmp(candidate->what, "shipments") == 0 && strncmp(candidate->key, model->customer[customer].customer, length) == 0 && candidate->key[length] == '/';
}

/* Rows of the budget are named by their dates. */
static bool is_of_budget(const fab_model *model, const struct fab_candidate *candidate, int row)
{
    char date[FAB_DATE_TEXT_SIZE];
    return strcmp(candidate->what, "usd") == 0 && strcmp(candidate->key, fab_date_print(model->capex_budget[row].from_date, date)) == 0;
}

/* One of its rows or columns is of the period. */
static bool stands_in(const fab_plan *plan, const struct fab_moves *moves, const struct fab_candidate *candidate, int period)
{
    const fab_lp *lp = plan->program->lp;
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *move = &moves->move[m];
        if ((move->is_column ? lp->column[move->place].tag : lp->row[move->place].tag).period == period)
            return true;
    }
    return false;
}

bool fab_question_about(const void *user, const struct fab_moves *moves, const struct fab_candidate *candidate)
{
    const struct fab_question *question = user;
    const fab_model *model = question->plan->model;
    int n = question->index;
    if (question->period != FAB_NONE && !stands_in(question->plan, moves, candidate, question->period))
        return false;
    switch (question->subject) {
    case FAB_SUBJECT_PLAN: return !candidate->of_contract;
    case FAB_SUBJECT_CUSTOMER: return is_of_customer(model, candidate, n);
    case FAB_SUBJECT_TOOL_GROUP: return is_of_tool_group(model, candidate, n);
    case FAB_SUBJECT_LINE: return is_of_line(model, candidate, n);
    case FAB_SUBJECT_PERIOD: return stands_in(question->plan, moves, candidate, n);
    case FAB_SUBJECT_BUDGET: return is_of_budget(model, candidate, n);
    case FAB_SUBJECT_SITE: return is_of_site(model, candidate, n);
    case FAB_SUBJECT_CONTRACT: return is_of_source(model, candidate, n);
    case FAB_SUBJECT_DEMAND:
    case FAB_SUBJECT_YIELD:
    case FAB_SUBJECT_CYCLE_TIME: break;
    }
    return false;
}
