/* Stages: what is kept of one holds in the next, ties move only what costs nothing, and a deadline leaves what was proven.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"
#include "nothing.h"
#include "plan_fixture.h"
#include "weigh.h"

/* ---- the fab solved by hand (data/mini), with another cost of a start ---- */

struct run {
    struct world world;
    fab_solver *solver;
    struct fab_stages_answer answer;
};

static void begin(struct run *run, double usd_per_start)
{
    *run = (struct run){.solver = NULL};
    world_of_data(&run->world, "mini");
    run->world.model->source_cost[0].usd_per_start = usd_per_start;
    world_build(&run->world);
    world_ok(&run->world, fab_solver_open(run->world.context, run->world.program->lp, &run->solver));
}

static void run_stages(struct run *run, const struct fab_stage_list *policy, const fab_solver_options *options)
{
    world_ok(&run->world, fab_stages_run(run->world.context, run->world.program, policy, NULL, run->solver, options, &run->answer));
}

static void end(struct run *run)
{
    fab_lp_solution_free(run->answer.solution);
    fab_solver_close(run->solver);
    world_finish(&run->world);
}

static double at(const struct run *run, const char *column)
{
    return run->answer.solution->x[find_column(&run->world, column)];
}

/* The present point and the money stage's multipliers, checked exactly. */
static fab_lp_certificate prove(const struct run *run)
{
    fab_lp_certificate certificate;
    world_ok(&run->world, fab_lp_check(run->world.context, run->world.program->lp, run->answer.solution->x, run->answer.solution->multiplier, &certificate));
    return certificate;
}

/* ---- stages of the tests ---- */

static void weigh_fill(const fab_program *program, double objective[], double *constant)
{
    for (int j = 0; j < program->lp->column_count; j++)
        objective[j] = program->lp->column[j].tag.family == FAB_Y;
    *constant = 0;
}

static fab_context *asked; /* a stage may ask to stop */

static void weigh_interrupted(const fab_program *program, double objective[], double *constant)
{
    fab_context_interrupt(asked);
    fab_weigh_ties(program, objective, constant);
}

static fab_solver_options told; /* a stage may end the time of the run */

static void weigh_late(const fab_program *program, double objective[], double *constant)
{
    told.deadline = fab_clock() - 1;
    fab_weigh_ties(program, objective, constant);
}

static void weigh_money_late(const fab_program *program, double objective[], double *constant)
{
    told.deadline = fab_clock() - 1;
    fab_weigh_money(program, objective, constant);
}

static const struct fab_stage money = {.name = "money", .weigh = fab_weigh_money, .keep = FAB_KEEP_FACE, .money = true};
static const struct fab_stage ties = {.name = "ties", .weigh = fab_weigh_ties, .optional = true};
static const struct fab_stage late_ties = {.name = "late", .weigh = weigh_late, .optional = true};
static const struct fab_stage interrupted_ties = {.name = "interrupted", .weigh = weigh_interrupted, .optional = true};
static const struct fab_stage interrupted_money = {.name = "interrupted", .weigh = weigh_interrupted, .money = true};
static const struct fab_stage late_money = {.name = "money", .weigh = weigh_money_late, .money = true};
static const struct fab_stage fill = {.name = "fill", .weigh = weigh_fill, .keep = FAB_KEEP_VALUE};
static const struct fab_stage nearly_fill = {.name = "nearly", .weigh = weigh_fill, .keep = FAB_KEEP_VALUE, .within = 0.1};
static const struct fab_stage forgotten_fill = {.name = "forgotten", .weigh = weigh_fill, .keep = FAB_KEEP_NOTHING};

#define POLICY(...) &(const struct fab_stage_list){{__VA_ARGS__}, (int)(sizeof((const struct fab_stage *const[]){__VA_ARGS__}) / sizeof(const struct fab_stage *))}

/* ---- ties ---- */

/* What the first week makes may go to either week's order for the same money. The ties send it at once, and the proof is the money's to the last digit. */
static void ties_ship_earliest(void **state)
{
    struct run alone, both;
    (void)state;
    begin(&alone, 10);
    run_stages(&alone, POLICY(&money), NULL);
    begin(&both, 10);
    run_stages(&both, POLICY(&money, &ties), NULL);
    assert_close(at(&both, "y[D1,2027-W01]"), 42, 1e-12, 0);
    assert_close(at(&both, "y[D2,2027-W02]"), 84, 1e-12, 0);
    assert_close(at(&both, "I[CHIP,2027-W01]"), 0, 0, 1e-12);
    fab_lp_certificate before = prove(&alone), after = prove(&both);
    assert_true(before.verified && after.verified && both.answer.complete);
    assert_close(after.objective, before.objective, 1e-15, 0);
    assert_true(after.bound == before.bound); /* of the same multipliers */
    assert_close(both.answer.result[1].value, 42 * 2 + 84 * 1, 1e-12, 0);
    end(&alone);
    end(&both);
}

/* Ties have no say in money: multipliers and reduced costs are those of the money stage. */
static void ties_leave_the_multipliers(void **state)
{
    struct run alone, both;
    (void)state;
    begin(&alone, 10);
    run_stages(&alone, POLICY(&money), NULL);
    begin(&both, 10);
    run_stages(&both, POLICY(&money, &ties), NULL);
    const fab_lp *lp = both.world.program->lp;
    for (int i = 0; i < lp->row_count; i++)
        assert_true(alone.answer.solution->multiplier[i] == both.answer.solution->multiplier[i]);
    for (int j = 0; j < lp->column_count; j++)
        assert_true(alone.answer.solution->reduced_cost[j] == both.answer.solution->reduced_cost[j]);
    end(&alone);
    end(&both);
}

/* X and Y serve as each other free of charge, and orders want both: what is substituted is what the order of Y gets, and nothing runs back. */
static void ties_end_free_circles(void **state)
{
    struct world world;
    (void)state;
    world_of_case(&world, "free-circle");
    world_plan(&world);
    const double *x = world.plan->solution->x;
    assert_close(world.plan->certificate.objective, 42 * 100 + 84 * 100 - 336 * 10, 1e-12, 0);
    assert_true(x[find_column(&world, "m[Y>X,2027-W01]")] == 0 && x[find_column(&world, "m[Y>X,2027-W02]")] == 0);
    assert_close(x[find_column(&world, "m[X>Y,2027-W02]")], x[find_column(&world, "y[D3,2027-W02]")], 1e-12, 0);
    assert_true(x[find_column(&world, "y[D3,2027-W02]")] > 60);
    world_finish(&world);
}

/* ---- a value that is kept ---- */

struct best {
    double fill, profit;
};

/* What can be shipped of starts, by hand: half of the first week's units arrive in each week, half of the second's in the second. */
static struct best at_starts(double x1, double x2, double usd_per_start)
{
    double first = 0.25 * x1, second = 0.25 * x1 + 0.25 * x2, y1 = fmin(100, first), y2 = fmin(100, first - y1 + second);
    return (struct best){y1 + y2, 100 * (y1 + y2) - usd_per_start * (x1 + x2)};
}

/* Lexicographic best over a grid of starts in which the vertices lie. */
static struct best search(double within, double usd_per_start)
{
    struct best best = {0, -(double)INFINITY};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i <= 280; i++)
            for (int k = 0; k <= 280; k++) {
                struct best here = at_starts(i * 0.6, k * 0.6, usd_per_start);
                if (pass == 0)
                    best.fill = fmax(best.fill, here.fill);
                else if (here.fill >= best.fill * (1 - within) - 1e-9)
                    best.profit = fmax(best.profit, here.profit);
            }
    return best;
}

/* At 60 USD a start nothing is worth making, so that the fill that is kept decides. */
static void check_policy(const struct fab_stage_list *policy, double within, const char *name)
{
    struct run run;
    struct best best = search(within, 60);
    begin(&run, 60);
    int rows = run.world.program->lp->row_count;
    run_stages(&run, policy, NULL);
    assert_int_equal(run.answer.outcome, FAB_OPTIMAL);
    assert_true(run.answer.complete);
    assert_close(run.answer.result[0].value, best.fill, 1e-9, 0);
    assert_close(run.answer.result[1].value, best.profit, 1e-9, 0);
    assert_close(prove(&run).objective, best.profit, 1e-9, 0);
    assert_true(prove(&run).verified); /* with the row of the stage in the program */
    const fab_lp *lp = run.world.program->lp;
    int row = fab_program_at(run.world.program, FAB_POL, 0, FAB_NONE);
    assert_int_equal(row, rows);
    assert_int_equal(lp->row_count, rows + 1);
    assert_string_equal(lp->row[row].name, name);
    assert_int_equal(lp->row[row].tag.family, FAB_POL);
    assert_close(lp->row[row].lower, best.fill * (1 - within), 1e-9, 0);
    assert_close(activity(lp, row, run.answer.solution->x), best.fill * (1 - within), 1e-9, 0);
    assert_true(run.answer.solution->multiplier[row] < -1); /* one unit less of it would save money */
    end(&run);
}

static void fill_first_then_money(void **state)
{
    (void)state;
    check_policy(POLICY(&fill, &money, &ties), 0, "POL[fill]");
}

static void nearly_all_of_the_fill(void **state)
{
    (void)state;
    check_policy(POLICY(&nearly_fill, &money), 0.1, "POL[nearly]");
}

static void nothing_kept_is_nothing_lost(void **state)
{
    struct run run;
    (void)state;
    begin(&run, 60);
    int rows = run.world.program->lp->row_count;
    run_stages(&run, POLICY(&forgotten_fill, &money), NULL);
    assert_close(run.answer.result[0].value, 126, 1e-9, 0);
    assert_close(run.answer.result[1].value, 0, 0, 1e-9);
    assert_int_equal(run.world.program->lp->row_count, rows);
    end(&run);
}

/* The solver is a living one: what stages kept on it is not in another run's program. */
static void runs_do_not_meet(void **state)
{
    struct run first, second;
    (void)state;
    begin(&first, 60);
    run_stages(&first, POLICY(&fill, &money), NULL);
    begin(&second, 60);
    run_stages(&second, POLICY(&money), NULL);
    assert_close(second.answer.result[0].value, 0, 0, 1e-9);
    end(&first);
    end(&second);
}

/* ---- deadlines ---- */

static void a_deadline_in_the_past(void **state)
{
    struct run run;
    (void)state;
    begin(&run, 10);
    run_stages(&run, POLICY(&money, &ties), &(fab_solver_options){.deadline = fab_clock() - 1});
    assert_int_equal(run.answer.outcome, FAB_LIMIT);
    assert_null(run.answer.solution);
    assert_false(run.answer.complete);
    assert_true(run.answer.result[0].limit && !run.answer.result[0].done);
    assert_int_equal(run.answer.result_count, 1); /* the other never begun */
    end(&run);
}

/* The time ends between money and ties: the money's point is the plan, and it says that it is not complete. */
static void a_deadline_after_the_money(void **state)
{
    struct run alone, run;
    (void)state;
    told = (fab_solver_options){0};
    begin(&alone, 10);
    run_stages(&alone, POLICY(&money), NULL);
    begin(&run, 10);
    run_stages(&run, POLICY(&money, &late_ties), &told);
    assert_int_equal(run.answer.outcome, FAB_OPTIMAL);
    assert_false(run.answer.complete);
    assert_true(run.answer.result[0].done && run.answer.result[1].limit && !run.answer.result[1].done);
    for (int j = 0; j < run.world.program->lp->column_count; j++)
        assert_true(run.answer.solution->x[j] == alone.answer.solution->x[j]);
    end(&alone);
    end(&run);
}

/* The time ends before the money: a fill alone is no plan. */
static void a_deadline_before_the_money(void **state)
{
    struct run run;
    (void)state;
    told = (fab_solver_options){0};
    begin(&run, 10);
    run_stages(&run, POLICY(&fill, &late_money), &told);
    assert_int_equal(run.answer.outcome, FAB_LIMIT);
    assert_null(run.answer.solution);
    assert_true(run.answer.result[0].done && !run.answer.complete);
    end(&run);
}

static void a_plan_without_time(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world_ok(&world, fab_plan_optimise(world.context, world.model, &(fab_plan_options){.time_limit_seconds = 1e-9}, &world.plan));
    assert_int_equal(world.plan->outcome, FAB_LIMIT);
    assert_null(world.plan->solution);
    assert_null(world.plan->conflict);
    world_finish(&world);
}

/* ---- the wish to stop ---- */

static void interrupted_after_the_money(void **state)
{
    struct run alone, run;
    (void)state;
    begin(&alone, 10);
    run_stages(&alone, POLICY(&money), NULL);
    begin(&run, 10);
    asked = run.world.context;
    run_stages(&run, POLICY(&money, &interrupted_ties), NULL);
    assert_int_equal(run.answer.outcome, FAB_OPTIMAL);
    assert_true(run.answer.interrupted && !run.answer.complete && run.answer.result[1].limit);
    assert_false(fab_context_interrupted(asked)); /* taken: the plan can be stored, and the next wish is a new one */
    for (int j = 0; j < run.world.program->lp->column_count; j++)
        assert_true(run.answer.solution->x[j] == alone.answer.solution->x[j]);
    end(&alone);
    end(&run);
}

static void interrupted_before_the_money(void **state)
{
    struct run run;
    (void)state;
    begin(&run, 10);
    asked = run.world.context;
    run_stages(&run, POLICY(&interrupted_money), NULL);
    assert_int_equal(run.answer.outcome, FAB_LIMIT);
    assert_true(run.answer.interrupted && !run.answer.solution);
    end(&run);
}

/* ---- what there is when nothing was solved ---- */

static void interrupt_on_detail(void *user, fab_level level, const char *text)
{
    if (level == FAB_LEVEL_DETAIL && strstr(text, "GLPK"))
        fab_context_interrupt(user);
}

/* Doing nothing is the first incumbent: nothing made, all short, feasible by the exact check; what is stored of it depends on the gap that is allowed. */
static void doing_nothing_is_a_plan(void **state)
{
    struct world world;
    fab_plan *none = NULL;
    (void)state;
    world_of_data(&world, "mini");
    fab_context_set_sink(world.context, interrupt_on_detail, world.context);
    assert_int_equal(fab_plan_optimise(world.context, world.model, NULL, &none), FAB_INTERRUPTED);
    assert_null(none);
    world_ok(&world, fab_plan_optimise(world.context, world.model, &(fab_plan_options){.worst_gap = 1e9}, &world.plan));
    world.program = world.plan->program;
    assert_int_equal(world.plan->outcome, FAB_OPTIMAL);
    assert_true(world.plan->interrupted && !world.plan->complete && !world.plan->certificate.verified);
    assert_true(world.plan->certificate.row_residual == 0 && world.plan->certificate.column_residual == 0);
    assert_true(world.plan->certificate.objective == 0 && world.plan->certificate.bound >= 9240);
    assert_true(world.plan->solution->x[find_column(&world, "short[D1]")] == 100);
    assert_true(world.plan->solution->x[find_column(&world, "x[CHIP@R,2027-W01]")] == 0);
    world_finish(&world);
}

/* ---- policies ---- */

static void policies_are_found_by_name(void **state)
{
    struct world world;
    (void)state;
    for (int p = 0; p < fab_policies_count; p++) {
        int moneys = 0;
        assert_ptr_equal(fab_policy_find(fab_policies[p].name), &fab_policies[p]);
        const struct fab_stage_list list = fab_policy_list(&fab_policies[p], &(struct fab_stages_asked){.calm = 0.01, .capital = true});
        for (int n = 0; n < list.count; n++)
            moneys += list.stage[n]->money;
        assert_int_equal(moneys, 1);
    }
    assert_null(fab_policy_find("generosity"));
    world_of_data(&world, "mini");
    fab_plan *plan = NULL;
    assert_int_equal(fab_plan_optimise(world.context, world.model, &(fab_plan_options){.policy = "generosity"}, &plan), FAB_USAGE);
    assert_null(plan);
    assert_non_null(strstr(fab_context_message(world.context), "generosity"));
    world_finish(&world);
}

/* An objective counts what it says: shipments by how early they are, stock and discards a little. */
static void ties_weigh_early_shipments(void **state)
{
    struct run run;
    double objective[64] = {0}, constant = 1;
    (void)state;
    begin(&run, 10);
    assert_true(run.world.program->lp->column_count <= 64);
    fab_weigh_ties(run.world.program, objective, &constant);
    assert_true(constant == 0);
    assert_true(objective[find_column(&run.world, "y[D1,2027-W01]")] == 2 && objective[find_column(&run.world, "y[D2,2027-W02]")] == 1);
    assert_true(objective[find_column(&run.world, "I[CHIP,2027-W01]")] == -1e-3 && objective[find_column(&run.world, "z[CHIP,2027-W02]")] == -1e-3);
    assert_true(objective[find_column(&run.world, "x[CHIP@R,2027-W01]")] == 0 && objective[find_column(&run.world, "short[D1]")] == 0);
    end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_ship_earliest),           cmocka_unit_test(ties_leave_the_multipliers),
        cmocka_unit_test(ties_end_free_circles),
        cmocka_unit_test(fill_first_then_money),        cmocka_unit_test(nearly_all_of_the_fill),
        cmocka_unit_test(nothing_kept_is_nothing_lost), cmocka_unit_test(runs_do_not_meet),
        cmocka_unit_test(a_deadline_in_the_past),       cmocka_unit_test(a_deadline_after_the_money),
        cmocka_unit_test(a_deadline_before_the_money),  cmocka_unit_test(a_plan_without_time),
        cmocka_unit_test(interrupted_after_the_money),  cmocka_unit_test(interrupted_before_the_money),
        cmocka_unit_test(doing_nothing_is_a_plan),
        cmocka_unit_test(policies_are_found_by_name),   cmocka_unit_test(ties_weigh_early_shipments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
