/* What one step more of a limit gains: every printed gain is the difference of two optima, whoever solves them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "values.h"

#include <math.h>

enum { WANTED = 5, FABS = 14, CONTRACTS = 10 };

static struct fab_values *test_values(struct world *world, int wanted)
{
    struct fab_values *values = NULL;
    world_ok(world, fab_values_test(world->context, world->plan, &(struct fab_values_asked){.wanted = wanted}, NULL, &values));
    return values;
}

/* planning-model.md "Tiny example": an hour is worth 40 in the first week and 15 in the second; a second tool fills the rest of the demand. */
static void the_example_solved_by_hand(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    struct fab_values *values = test_values(&world, WANTED);
    assert_int_equal(values->count, 3);
    assert_string_equal(values->line[0].candidate.what, "tool");
    assert_true(values->line[0].tested && values->line[0].gain_usd < values->line[0].candidate.at_most_usd);
    for (int n = 1; n < 3; n++) {
        assert_string_equal(values->line[n].candidate.what, "hour");
        assert_close(values->line[n].candidate.step, 1.68, 1e-12, 0);
        assert_close(values->line[n].gain_usd, 1.68 * (n == 1 ? 40 : 15), 1e-9, 0);
        assert_null(values->line[n].tie);
    }
    fab_values_free(values);
    world_finish(&world);
}

/* Two groups in series, equally full: more hours of one alone gain nothing; the line names both, and its gain is that of both. */
static void twin_bottlenecks_are_one_line(void **state)
{
    struct world world;
    (void)state;
    world_of_case(&world, "twin-bottleneck");
    world_plan(&world);
    assert_close(world.plan->certificate.objective, 30240, 1e-12, 0);
    struct fab_values *values = test_values(&world, WANTED);
    int hours = 0;
    for (int n = 0; n < values->count; n++) {
        const struct fab_value_line *line = &values->line[n];
        assert_true(line->tested);
        assert_non_null(line->tie);
        bool burnin = strcmp(line->candidate.key, "BURNIN") == 0;
        assert_true(burnin || strcmp(line->candidate.key, "TESTER") == 0);
        assert_non_null(strstr(line->tie, burnin ? "TESTER" : "BURNIN"));
        assert_close(line->gain_usd, line->candidate.at_most_usd, 1e-9, 0);
        hours += strcmp(line->candidate.what, "hour") == 0;
    }
    assert_int_equal(hours, 2); /* of each week */
    fab_values_free(values);
    world_finish(&world);
}

static void move(fab_lp *lp, const struct fab_values *values, const struct fab_candidate *candidate)
{
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *step = &values->moves->move[m];
        *(step->is_column ? &lp->column[step->place].upper : step->is_lower ? &lp->row[step->place].lower : &lp->row[step->place].upper) += step->delta;
    }
}

/* Whether the text of a tie names a candidate: "KEY PERIOD, KEY PERIOD". */
static bool is_named(const struct world *world, const char *tie, const struct fab_candidate *candidate)
{
    char name[300];
    snprintf(name, sizeof name, "%s %s", candidate->key, world->plan->terms->period[candidate->period].name);
    const char *found = strstr(tie, name);
    return found && (found == tie || found[-1] == ' ') && (found[strlen(name)] == '\0' || found[strlen(name)] == ',');
}

/* A copy of the program with a line's limits moved, those of its tie too, solved from nothing. */
static double solve_anew(struct world *world, const struct fab_values *values, const struct fab_value_line *line)
{
    fab_lp *lp = NULL;
    fab_lp_solution *solution = NULL;
    fab_lp_certificate certificate;
    world_ok(world, fab_lp_copy(world->context, world->program->lp, &lp));
    move(lp, values, &line->candidate);
    for (int c = 0; line->tie && c < values->moves->count; c++)
        if (strcmp(values->moves->candidate[c].what, line->candidate.what) == 0 && is_named(world, line->tie, &values->moves->candidate[c]))
            move(lp, values, &values->moves->candidate[c]);
    world_ok(world, fab_lp_solve(world->context, lp, NULL, &solution));
    assert_int_equal(solution->outcome, FAB_OPTIMAL);
    world_ok(world, fab_lp_check(world->context, lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
    return certificate.objective;
}

static int lines_seen, ties_seen;

static void compare_gains(struct world *world, int wanted)
{
    struct fab_values *values = test_values(world, wanted);
    double objective = world->plan->certificate.objective, scale = fmax(1, fabs(objective));
    for (int n = 0; n < values->count; n++) {
        const struct fab_value_line *line = &values->line[n];
        assert_true(line->tested == !line->untested); /* what is not says why */
        assert_true(line->candidate.step > 0);
        if (!line->tested) {
            assert_true(isnan(line->gain_usd));
            continue;
        }
        assert_close(line->gain_usd, solve_anew(world, values, line) - objective, 1e-6, 1e-9 * scale);
        ties_seen += line->tie != NULL;
        assert_true(line->tie || line->gain_usd <= line->candidate.at_most_usd + 1e-9 * scale);
        lines_seen++;
    }
    for (int n = 1; n < values->count; n++)
        if (values->line[n - 1].tested && values->line[n].tested)
            assert_true(values->line[n - 1].gain_usd >= values->line[n].gain_usd);
    fab_values_free(values);
}

static void gains_equal_those_of_a_solve_from_nothing(void **state)
{
    (void)state;
    for (int seed = 1; seed <= FABS; seed++) {
        struct world world;
        world_of_seed(&world, seed);
        for (int g = 1; g < world.model->tool_group_count; g += 2) { /* as full as its neighbour, as far as one model can make it so */
            struct fab_tool_group *twin = &world.model->tool_group[g], *group = &world.model->tool_group[g - 1];
            twin->tools = group->tools;
            twin->availability = group->availability;
            twin->max_utilisation = group->max_utilisation;
        }
        world_plan(&world);
        if (world.plan->outcome == FAB_OPTIMAL)
            compare_gains(&world, WANTED);
        world_finish(&world);
    }
    assert_true(lines_seen >= FABS);
}

static bool has_gain(const struct fab_values *values, const char *what)
{
    for (int n = 0; n < values->count; n++)
        if (strcmp(values->line[n].candidate.what, what) == 0 && values->line[n].tested && values->line[n].gain_usd > 0)
            return true;
    return false;
}

/* Less of a target, of a cumulated promise and of a split, and more room for stock: each gains what a solve from nothing with the limit moved gains. */
static void limits_of_materials_gain_what_they_say(void **state)
{
    enum { ALL = 100 };
    static const char *const whats[] = {"target", "promise", "split", "room"};
    struct world world;
    (void)state;
    world_of_data(&world, "language");
    assert_int_equal(world.model->stock_limit_count, 1);
    world.model->stock_limit[0].from_date = world.model->calendar[0].start_date;
    world.model->stock_limit[0].max_stock = 300; /* so little that it binds */
    world.model->ship_target[0].min_quantity = 2900; /* so much that it is missed */
    world_plan(&world);
    struct fab_values *values = test_values(&world, ALL);
    for (int c = 0; c < values->moves->count; c++)
        assert_true(values->moves->candidate[c].step > 0);
    for (size_t n = 0; n < sizeof whats / sizeof *whats; n++)
        if (!has_gain(values, whats[n]))
            fail_msg("no gain of %s", whats[n]);
    fab_values_free(values);
    compare_gains(&world, ALL);
    world_finish(&world);
}

static bool is_minimum(const void *user, const struct fab_moves *moves, const struct fab_candidate *candidate)
{
    (void)user;
    (void)moves;
    return strcmp(candidate->what, "minimum") == 0;
}

/* Of a contract of which the plan would rather take nothing a hundredth less saves what a solve from nothing with the minimum lower gains: its whole price where all of it is taken, the penalty where it is missed. A
 * list of what to buy or change does not have it. */
static void less_of_a_contract_gains_what_it_says(void **state)
{
    int tested = 0, gained = 0;
    (void)state;
    for (int seed = 1; seed <= CONTRACTS; seed++) {
        struct world world;
        struct fab_values *values = NULL;
        world_of_seed(&world, seed);
        for (int r = 0; r < world.model->source_limit_count; r++)
            world.model->source_limit[r].min_starts_per_week = fmax(world.model->source_limit[r].min_starts_per_week, fmin(world.model->source_limit[r].max_starts_per_week, 1000) * 0.9);
        world_plan(&world);
        if (world.plan->outcome == FAB_OPTIMAL) {
            double objective = world.plan->certificate.objective, scale = fmax(1, fabs(objective));
            world_ok(&world, fab_values_test(world.context, world.plan, &(struct fab_values_asked){.wanted = WANTED, .thorough = true, .about = is_minimum}, NULL, &values));
            for (int n = 0; n < values->count; n++) {
                assert_string_equal(values->line[n].candidate.what, "minimum");
                assert_close(values->line[n].gain_usd, solve_anew(&world, values, &values->line[n]) - objective, 1e-6, 1e-9 * scale);
                tested++;
                gained += values->line[n].gain_usd > 1e-6 * scale;
            }
            fab_values_free(values);
            values = test_values(&world, WANTED);
            for (int n = 0; n < values->count; n++)
                assert_string_not_equal(values->line[n].candidate.what, "minimum");
            fab_values_free(values);
        }
        world_finish(&world);
    }
    assert_true(tested > 3 && gained > 0);
}

/* The tests leave the plan as it was: its solver goes back to the money stage and finds the same optimum. */
static void the_plan_stays(void **state)
{
    struct world world;
    fab_lp_solution *again = NULL;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    struct fab_values *first = test_values(&world, WANTED), *second = test_values(&world, WANTED);
    assert_int_equal(first->count, second->count);
    for (int n = 0; n < first->count; n++)
        assert_true(first->line[n].gain_usd == second->line[n].gain_usd);
    world_ok(&world, fab_plan_stand(world.context, world.plan));
    world_ok(&world, fab_solver_solve(world.context, world.plan->solver, NULL, &again));
    double value = 0;
    for (int j = 0; j < world.program->lp->column_count; j++)
        value += world.program->lp->column[j].objective * again->x[j];
    assert_close(value, 9240, 1e-9, 0);
    fab_lp_solution_free(again);
    fab_values_free(first);
    fab_values_free(second);
    world_finish(&world);
}

/* A deadline that has passed ends the tests, not the plan: what is worth something at most is listed with its word. */
static void a_deadline_leaves_bounds(void **state)
{
    struct world world;
    struct fab_values *values = NULL;
    const fab_solver_options late = {.deadline = 1e-9};
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    world_ok(&world, fab_values_test(world.context, world.plan, &(struct fab_values_asked){.wanted = WANTED}, &late, &values));
    assert_int_equal(values->count, 3);
    for (int n = 0; n < values->count; n++) {
        assert_true(!values->line[n].tested && isnan(values->line[n].gain_usd) && values->line[n].candidate.at_most_usd > 0);
        assert_string_equal(values->line[n].untested, "limit of time reached");
    }
    fab_values_free(values);
    world_finish(&world);
}

/* An interruption likewise, and the table keeps its word. */
static void an_interruption_is_said(void **state)
{
    struct world world;
    struct fab_values *values = NULL;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    fab_context_interrupt(world.context);
    world_ok(&world, fab_values_test(world.context, world.plan, &(struct fab_values_asked){.wanted = WANTED}, NULL, &values));
    assert_int_equal(values->count, 3);
    fab_table *table = fab_values_table(world.plan, values->line, values->count, 1, 1);
    for (int n = 0; n < values->count; n++) {
        assert_string_equal(values->line[n].untested, "interrupted");
        assert_string_equal(fab_table_get(table, n, fab_table_find_column(table, "untested"))->text, "interrupted");
    }
    fab_table_free(table);
    fab_values_free(values);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_solved_by_hand), cmocka_unit_test(twin_bottlenecks_are_one_line),
        cmocka_unit_test(gains_equal_those_of_a_solve_from_nothing), cmocka_unit_test(limits_of_materials_gain_what_they_say),
        cmocka_unit_test(less_of_a_contract_gains_what_it_says), cmocka_unit_test(the_plan_stays), cmocka_unit_test(a_deadline_leaves_bounds),
        cmocka_unit_test(an_interruption_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
