/* Why, and what it is worth.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "subjects.h"

#include "coefficient.h"
#include "explain.h"
#include "points.h"
#include "result.h"
#include "standing.h"
#include "tested.h"
#include "number.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1024 };

/* Shares below this are not worth a word. */
#define WORD 0.005

/* What an answer is made of. */
struct answer {
    const struct fab_standing *standing;
    struct fab_explained *explained;
    fab_model *model; /* of a changed coefficient, and its plan */
    fab_plan *other;
    struct fab_points points; /* of a tool group */
};

/* ---- in words ---- */

/* The largest part of the chain. */
static void say_first(const struct fab_explained *explained, char *text, size_t size)
{
    const fab_table *chain = explained->chain;
    size_t length = strlen(text);
    if (!chain || fab_table_rows(chain) == 0)
        return;
    const char *label = fab_table_get(chain, 0, fab_table_find_column(chain, "label"))->text;
    double share = fab_value_number(fab_table_get(chain, 0, fab_table_find_column(chain, "share")));
    if (explained->never)
        snprintf(text + length, size - length, ": %s", label);
    else if (share >= WORD)
        snprintf(text + length, size - length, "; %.0f %% of that is %s", 100 * share, label);
}

static void say_order(const struct fab_explained *explained, char *text, size_t size)
{
    const struct fab_candidate *step = &explained->step.candidate;
    char units[FAB_NUMBER_TEXT_SIZE], mean[FAB_NUMBER_TEXT_SIZE], worth[FAB_NUMBER_TEXT_SIZE];
    fab_number_say(step->step, units);
    if (explained->never)
        snprintf(text, size, "order %s cannot have %s units more inside its window at any price", step->key, units);
    else
        snprintf(text, size, "%s units more of order %s cost all others and in lateness %s USD a unit and are worth %s", units, step->key, fab_number_say(explained->mean_usd, mean),
                 fab_number_say(explained->worth_usd, worth));
    say_first(explained, text, size);
}

/* "tool hours of", "a tool of": what is moved, before its key. */
static const char *words_of(const char *what)
{
    static const struct {
        const char *what, *words;
    } all[] = {{"hour", "tool hours of"},       {"tool", "tools of"},       {"usd", "budget of"},    {"mw", "power of"},                 {"m2", "floor of"},
               {"rate", "starts of line"},      {"ramp", "ramp of line"},   {"drop", "fall of line"}, {"starts", "maximum of"},           {"shipments", "what is taken by"},
               {"delivery", "deliveries of"},   {"target", "stock target of"}, {"promise", "cumulated promise"}, {"cumulated", "cumulated maximum"}, {"split", "split of"},
               {"room", "room for"},         {"minimum", "minimum of"},            {"yield", "yield of"},      {"cycle_time", "cycle time of"}};
    for (size_t n = 0; n < sizeof all / sizeof *all; n++)
        if (strcmp(all[n].what, what) == 0)
            return all[n].words;
    return what;
}

static void say(const struct fab_explained *explained, char *text, size_t size)
{
    const struct fab_candidate *step = &explained->step.candidate;
    char units[FAB_NUMBER_TEXT_SIZE], gain[FAB_NUMBER_TEXT_SIZE];
    *text = '\0';
    if (explained->demand != FAB_NONE)
        say_order(explained, text, size);
    else if (explained->step.tested)
        snprintf(text, size, "%s %s: %s %s gain %s USD%s", words_of(step->what), step->key, fab_number_say(step->step, units), step->unit, fab_number_say(explained->step.gain_usd, gain),
                 strcmp(step->what, "tool") == 0 ? " without their price" : "");
    else if (explained->question.subject == FAB_SUBJECT_CUSTOMER)
        snprintf(text, size, "customer %s has no orders in the horizon", step->key);
    else
        snprintf(text, size, "no limit of it binds: a step more of any of them gains nothing, as the multipliers prove");
}

/* ---- the parts of the answer ---- */

static fab_table *make_head(const struct answer *answer)
{
    const struct fab_explained *explained = answer->explained;
    const fab_plan *plan = answer->standing->plan;
    const struct fab_value_line *step = &explained->step;
    char text[TEXT_SIZE];
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "explain",
                                                   "plan subject key period order what what_key step unit gain_usd mean_usd marginal_usd worth_usd at_most_usd holds_to tie plan_objective_usd "
                                                   "objective_usd bound_usd text");
    say(explained, text, sizeof text);
    fab_plan_table_row(&w);
    fab_plan_table_integer(&w, answer->standing->number);
    fab_plan_table_text(&w, fab_subject_names[explained->question.subject]);
    fab_plan_table_text(&w, *fab_question_key(&explained->question) ? fab_question_key(&explained->question) : NULL);
    fab_plan_table_period(&w, step->candidate.period);
    fab_plan_table_text(&w, explained->demand == FAB_NONE ? NULL : plan->model->demand[explained->demand].demand);
    fab_plan_table_text(&w, *step->candidate.what ? step->candidate.what : NULL);
    fab_plan_table_copy(&w, step->candidate.key);
    fab_plan_table_real(&w, step->candidate.step);
    fab_plan_table_text(&w, *step->candidate.unit ? step->candidate.unit : NULL);
    fab_plan_table_real(&w, step->gain_usd);
    fab_plan_table_real(&w, explained->mean_usd);
    fab_plan_table_real(&w, explained->marginal_usd);
    fab_plan_table_real(&w, explained->worth_usd);
    fab_plan_table_real(&w, step->tested ? step->candidate.at_most_usd : (double)NAN);
    fab_plan_table_real(&w, step->holds_to);
    fab_plan_table_text(&w, step->tie);
    fab_plan_table_real(&w, plan->certificate.objective);
    fab_plan_table_real(&w, step->objective_usd);
    fab_plan_table_real(&w, step->bound_usd);
    fab_plan_table_copy(&w, text);
    return fab_plan_table_end(&w);
}

/* A list that the explanation made, which the result takes; one that does not apply is empty. */
static fab_status add_list(fab_context *context, fab_result *result, const char *name, const char *title, fab_table **list)
{
    fab_table *table = *list;
    *list = NULL;
    return fab_result_add_list(context, result, name, title, table ? table : fab_table_new(name, NULL, 0));
}

static fab_status make_result(fab_context *context, struct answer *answer, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_explained *explained = answer->explained;
    fab_result *made = NULL;
    fab_table *values = NULL;
    TRY_MEMORY(context, made = fab_result_new("fabplan.explain/1"));
    TRY(fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, make_head(answer)));
    TRY(add_list(context, made, "chain", explained->demand == FAB_NONE ? "Chain: what the step is worth, by what it moves" : "Chain: what the last unit of the step costs, down to money", &explained->chain));
    TRY(add_list(context, made, "money", "What of the money the step changes", &explained->money));
    TRY(add_list(context, made, "output", "Who gets more, and who less", &explained->output));
    TRY(add_list(context, made, "displaced", "What earns more an hour of the full tools", &explained->displaced));
    TRY(add_list(context, made, "serves", "What serves it, moved alone", &explained->serves));
    if (explained->question.subject == FAB_SUBJECT_TOOL_GROUP)
        TRY(add_list(context, made, "points", "What a point of batch fill, of availability by its largest cause and of setup batching is worth", &answer->points.table));
    TRY_MEMORY(context, values = fab_explained_values(explained));
    TRY(add_list(context, made, "values", "What can be bought or changed, by gain per dollar; then what has no price here", &values));
    *result = made;
    made = NULL;
out:
    fab_table_free(values);
    fab_result_free(made);
    return status;
}

/* ---- tested values ---- */

static int take_tested(const struct fab_values *values, struct fab_value_line *line, int count)
{
    for (int n = 0; values && n < values->count; n++)
        if (values->line[n].tested)
            line[count++] = values->line[n];
    return count;
}

static fab_status store(fab_context *context, fab *handle, const struct answer *answer)
{
    fab_status status = FAB_OK;
    const struct fab_explained *explained = answer->explained;
    int most = 1 + FAB_POINT_COUNT + (explained->priced ? explained->priced->count : 0) + (explained->others ? explained->others->count : 0), count = 0;
    bool of_list = explained->demand == FAB_NONE && !answer->other; /* the step is a line of the list */
    struct fab_value_line *line = calloc((size_t)most, sizeof *line);
    TRY_MEMORY(context, line);
    if (explained->step.tested && !of_list)
        line[count++] = explained->step;
    count = take_tested(explained->priced, line, count);
    count = take_tested(explained->others, line, count);
    for (int p = 0; p < answer->points.count; p++)
        line[count++] = answer->points.line[p];
    TRY(fab_tested_store(context, handle, answer->standing, line, count));
out:
    free(line);
    return status;
}

/* ---- infeasible ---- */

/* The program of the inputs: whether it has a plan, and which limits cannot hold together. Nothing is stored. */
static fab_status explain_infeasible(fab_context *context, fab *handle, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_planned planned = {0};
    fab_plan *plan = NULL;
    fab_result *made = NULL;
    TRY(fab_planning_load(context, handle, &(struct fab_planning){.policy = "profit"}, &planned));
    TRY(fab_plan_optimise(context, planned.model, NULL, &plan));
    bool none = plan->outcome == FAB_INFEASIBLE;
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "explain", "subject status violation text");
    fab_plan_table_row(&w);
    fab_plan_table_text(&w, "infeasible");
    fab_plan_table_text(&w, none ? "infeasible" : plan->outcome == FAB_UNDECIDED ? "undecided" : "optimal");
    fab_plan_table_real(&w, plan->outcome == FAB_OPTIMAL ? (double)NAN : plan->violation);
    fab_plan_table_text(&w, none ? "no plan exists: limits contradict each other" : plan->outcome == FAB_UNDECIDED ? "neither a plan nor a proof that there is none was found" : "there is a plan: no limits contradict each other");
    TRY_MEMORY(context, made = fab_result_new("fabplan.explain/1"));
    TRY(fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, fab_plan_table_end(&w)));
    TRY(add_list(context, made, "conflict", "The cheapest repair: limits, and by how much they would have to move", &plan->conflict));
    TRY(add_list(context, made, "conflict_set", "Limits that cannot hold together; without any one of them the others can", &plan->conflict_set));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_plan_free(plan);
    fab_planned_fini(&planned);
    return status;
}

/* ---- the verb ---- */

static fab_status explain(fab_context *context, const struct fab_question *question, const fab_explain_request *request, struct answer *answer)
{
    fab_status status = FAB_OK;
    struct fab_value_line line;
    const struct fab_explain_asked asked = {.wanted = request->values > 0 ? request->values : request->values < 0 ? 0 : FAB_VALUES, .step = request->step};
    if (question->subject != FAB_SUBJECT_YIELD && question->subject != FAB_SUBJECT_CYCLE_TIME)
        return fab_explain_question(context, question, &asked, &answer->explained);
    TRY(fab_coefficient_plan(context, answer->standing, question, &line, &answer->model, &answer->other));
    if (!answer->other)
        TRY(fab_fail(context, FAB_USAGE, "with the change there is no plan"));
    TRY(fab_explain_change(context, question, answer->other, &line, &answer->explained));
out:
    return status;
}

fab_status fab_explain(fab_context *context, fab *handle, const fab_explain_request *request, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    struct fab_question question;
    struct answer answer = {.standing = &standing};
    fab_result *made = NULL;
    if (request->infeasible)
        return explain_infeasible(context, handle, result);
    TRY(fab_standing_open(context, handle, request->plan, &standing));
    TRY(fab_subjects_question(context, request, standing.plan, &question));
    TRY(explain(context, &question, request, &answer));
    if (question.subject == FAB_SUBJECT_TOOL_GROUP)
        TRY(fab_points_find(context, &standing, question.index, &answer.points));
    TRY(store(context, handle, &answer));
    TRY(make_result(context, &answer, &made));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_explained_free(answer.explained);
    fab_points_fini(&answer.points);
    fab_plan_free(answer.other);
    fab_model_free(answer.model);
    fab_standing_close(&standing);
    return status;
}
