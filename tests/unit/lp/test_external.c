/* Answers of other solvers as files, and programs that are run. What whole plans make of them: tests/external.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "assert_close.h"
#include "external.h"
#include "external_child.h"
#include "external_read.h"

#include "clock.h"

/* maximise 3 a + 2 b: a + b <= 4, a + 3 b <= 6, a = c, 0 <= a, b, c <= 3: a = c = 3, b = 1, multipliers 2, 0 and 1. */
static fab_lp *make_program(struct fixture *fixture)
{
    fab_lp *lp = fab_lp_new("small");
    assert_non_null(lp);
    for (int i = 0; i < 3; i++)
        fab_lp_add_row(lp, "row", i < 2 ? -(double)INFINITY : 0, (const double[]){4, 6, 0}[i]);
    for (int j = 0; j < 3; j++)
        fab_lp_add_column(lp, "column", 0, 3, (const double[]){3, 2, 0}[j]);
    fab_lp_add(lp, 0, 0, 1);
    fab_lp_add(lp, 0, 1, 1);
    fab_lp_add(lp, 1, 0, 1);
    fab_lp_add(lp, 1, 1, 3);
    fab_lp_add(lp, 2, 0, 1);
    fab_lp_add(lp, 2, 2, -1);
    fixture_ok(fixture, fab_lp_seal(fixture->context, lp));
    return lp;
}

struct reading {
    enum fab_external_format format;
    const char *text;
    bool good, multipliers, basis;
    enum fab_external_said said;
    const char *why; /* or what is wrong */
};

static const char clp_text[] = "Optimal - objective value -11\n      0 R1   4   -2\n      1 R2  6 -0\n 2 R3 0 0\n      0 C1  3 -1\n ** 1 C2  1 0\n 2 C3 3 0\n";
static const char highs_text[] = "Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective -11\n# Columns 3\nC1 3\nC2 1\nC3 3\n# Rows 3\nR1 4\nR2 6\nR3 0\n\n# Dual solution values\nFeasible\n# Columns 3\n"
                                 "C1 -1\nC2 0\nC3 0\n# Rows 3\nR1 -2\nR2 0\nR3 0\n\n# Basis\nHiGHS_basis_file v2\nValid\n# Columns 3\nC1 2\nC2 1\nC3 1\n# Rows 3\nR1 2\nR2 1\nR3 0\n";
static const char own_text[] = "# ours\n\nstatus optimal\nC1 3 u\nC2 1 b\r\nC3 3 b\nR1 -2 u\nR2 0 b\nR3 0 l\n";

static const struct reading readings[] = {
    {FAB_EXTERNAL_CLP, clp_text, true, true, false, FAB_EXTERNAL_OPTIMAL, NULL},
    {FAB_EXTERNAL_HIGHS, highs_text, true, true, true, FAB_EXTERNAL_OPTIMAL, NULL},
    {FAB_EXTERNAL_OWN, own_text, true, true, true, FAB_EXTERNAL_OPTIMAL, NULL},
    {FAB_EXTERNAL_OWN, "status optimal\nC1 3\nC2 1\nC3 3\n", true, false, false, FAB_EXTERNAL_OPTIMAL, NULL},
    {FAB_EXTERNAL_CLP, "infeasible\n", true, false, false, FAB_EXTERNAL_INFEASIBLE, NULL},
    {FAB_EXTERNAL_CLP, "Stopped on time - objective value 3\n 0 C1 3 0\n", true, false, false, FAB_EXTERNAL_TIME, NULL},
    {FAB_EXTERNAL_CLP, "Unbounded - objective value 3\n", true, false, false, FAB_EXTERNAL_NOTHING, NULL},
    {FAB_EXTERNAL_HIGHS, "Model status\nInfeasible\n", true, false, false, FAB_EXTERNAL_INFEASIBLE, NULL},
    {FAB_EXTERNAL_HIGHS, "Model status\nTime limit reached\n", true, false, false, FAB_EXTERNAL_TIME, NULL},
    {FAB_EXTERNAL_CLP, "", false, false, false, FAB_EXTERNAL_NOTHING, "has no values"},
    {FAB_EXTERNAL_CLP, "optimal\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "has no values"},
    {FAB_EXTERNAL_CLP, "optimal\n 0 C1 3\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "line 2: there are too few words"},
    {FAB_EXTERNAL_CLP, "optimal\n 0 C4 3 0\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "line 2: the name is none of the program's"},
    {FAB_EXTERNAL_CLP, "optimal\n 0 C0 3 0\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "none of the program's"},
    {FAB_EXTERNAL_CLP, "optimal\n 0 C1x 3 0\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "none of the program's"},
    {FAB_EXTERNAL_CLP, "optimal\n 0 C99999999999999999999 3 0\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "none of the program's"},
    {FAB_EXTERNAL_CLP, "optimal\n 0 C1 nan 0\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "a number is wrong"},
    {FAB_EXTERNAL_HIGHS, "Model status\nOptimal\n# Primal solution values\n# Columns 3\nC1 1e400\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "line 5: a number is wrong"},
    {FAB_EXTERNAL_OWN, "status optimal\nC1 3 q\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "status is none of"},
    {FAB_EXTERNAL_OWN, "status optimal\nC1 3 b 4\n", false, false, false, FAB_EXTERNAL_OPTIMAL, "neither two words nor three"},
};

static void answers_are_read_or_refused(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = make_program(fixture);
    char path[FIXTURE_PATH_SIZE * 2], why[128] = "";
    for (size_t r = 0; r < sizeof readings / sizeof *readings; r++) {
        const struct reading *reading = &readings[r];
        struct fab_external_answer answer = {.solution = fab_lp_solution_new(lp)};
        assert_non_null(answer.solution);
        fixture_write(fixture, "answer", reading->text, strlen(reading->text));
        assert_int_equal(fab_external_read(lp, reading->format, fixture_path(fixture, "answer", path), &answer, why), reading->good);
        assert_int_equal(answer.said, reading->said);
        if (!reading->good) {
            assert_non_null(strstr(why, reading->why));
        } else {
            assert_int_equal(answer.multipliers, reading->multipliers);
            assert_int_equal(answer.basis, reading->basis);
        }
        if (reading->good && reading->said == FAB_EXTERNAL_OPTIMAL) {
            assert_true(answer.solution->x[0] == 3 && answer.solution->x[1] == 1 && answer.solution->x[2] == 3);
            assert_true(answer.solution->multiplier[0] == (reading->multipliers ? 2 : 0) && answer.solution->multiplier[1] == 0);
        }
        fab_lp_solution_free(answer.solution);
    }
    fab_lp_free(lp);
}

static void letters_become_what_limits_allow(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = make_program(fixture);
    struct fab_external_answer answer = {.solution = fab_lp_solution_new(lp)};
    char path[FIXTURE_PATH_SIZE * 2], why[128];
    fixture_write(fixture, "answer", own_text, strlen(own_text));
    assert_true(fab_external_read(lp, FAB_EXTERNAL_OWN, fixture_path(fixture, "answer", path), &answer, why));
    answer.solution->row_status[1] = 'l'; /* it has no lower limit */
    fab_external_tidy_basis(lp, answer.solution);
    assert_string_equal(answer.solution->row_status, "uus");
    assert_string_equal(answer.solution->column_status, "ubb");
    assert_true(fab_external_guess_basis(lp, true, answer.solution));
    assert_string_equal(answer.solution->row_status, "ubs");
    assert_string_equal(answer.solution->column_status, "ubu");
    assert_true(fab_external_guess_basis(lp, false, answer.solution)); /* both rows are at their limits */
    assert_string_equal(answer.solution->row_status, "uus");
    fab_lp_solution_free(answer.solution);
    fab_lp_free(lp);
}

static void bases_are_read_or_not(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text, *rows, *columns; /* NULL: none */
    } files[] = {
        {"NAME program\n XU C2 R1\n XL C3 R3\n UL C1\nENDATA\n", "ubl", "ubb"}, {"NAME\n UL C1 _dummy_ 3\nENDATA\n", "bbb", "ull"}, {"NAME\n UL C1\n", NULL, NULL},
        {"NAME\n UL C7\nENDATA\n", NULL, NULL},                                  {"NAME\n XU C1\nENDATA\n", NULL, NULL},              {"NAME\n AB C1 R1\nENDATA\n", NULL, NULL},
        {"", NULL, NULL},
    };
    fab_lp *lp = make_program(fixture);
    char path[FIXTURE_PATH_SIZE * 2];
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        fab_lp_solution *solution = fab_lp_solution_new(lp);
        fixture_write(fixture, "basis", files[f].text, strlen(files[f].text));
        assert_int_equal(fab_external_read_basis(lp, fixture_path(fixture, "basis", path), solution), files[f].rows != NULL);
        if (files[f].rows) {
            assert_string_equal(solution->row_status, files[f].rows);
            assert_string_equal(solution->column_status, files[f].columns);
        }
        fab_lp_solution_free(solution);
    }
    assert_false(fab_external_read_basis(lp, fixture_path(fixture, "none", path), NULL));
    fab_lp_free(lp);
}

/* ---- programs that are run */

static fab_status run_shell(struct fixture *fixture, const char *script, double seconds, struct fab_child_end *end)
{
    char log[FIXTURE_PATH_SIZE * 2];
    const char *const arguments[] = {"/bin/sh", "-c", script, NULL};
    return fab_child_run(fixture->context, &(struct fab_child){arguments, fixture_path(fixture, "log", log), seconds > 0 ? fab_clock() + seconds : 0}, end);
}

static void programs_end_as_they_do(void **state)
{
    struct fixture *fixture = *state;
    struct fab_child_end end;
    char path[FIXTURE_PATH_SIZE * 2], *text;
    size_t size;
    fixture_ok(fixture, run_shell(fixture, "echo out; echo err >&2; cat; exit 7", 0, &end));
    assert_true(!end.late && end.code == 7 && end.signal == 0);
    text = fixture_read(fixture_path(fixture, "log", path), &size);
    assert_string_equal(text, "out\nerr\n");
    free(text);
    fixture_ok(fixture, run_shell(fixture, "kill -TERM $$", 0, &end));
    assert_true(!end.late && end.signal == 15);
    double start = fab_clock();
    fixture_ok(fixture, run_shell(fixture, "trap '' TERM INT; sleep 60; sleep 60", 0.2, &end));
    assert_true(end.late && fab_clock() - start < 30);
    const char *const nobody[] = {"/no/such/program", NULL};
    assert_int_equal(fab_child_run(fixture->context, &(struct fab_child){nobody, fixture_path(fixture, "log", path), 0}, &end), FAB_USAGE);
    assert_message(fixture, "/no/such/program: cannot be run");
    fab_context_interrupt(fixture->context);
    assert_int_equal(run_shell(fixture, "sleep 60", 0, &end), FAB_INTERRUPTED);
}

static void solvers_are_there_or_not(void **state)
{
    struct fixture *fixture = *state;
    fixture_ok(fixture, fab_external_find(fixture->context, "sh"));
    fixture_ok(fixture, fab_external_find(fixture->context, "/bin/sh"));
    assert_int_equal(fab_external_find(fixture->context, "no such program"), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "no_solver");
    assert_int_equal(fab_external_find(fixture->context, "/"), FAB_USAGE);
    assert_int_equal(fab_external_find(fixture->context, "/etc/passwd"), FAB_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_are_read_or_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(letters_become_what_limits_allow, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(bases_are_read_or_not, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(programs_end_as_they_do, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(solvers_are_there_or_not, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
