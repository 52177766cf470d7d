/* What a living solver survives: faults and interruptions, here and elsewhere; deadlines; threads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "solver_support.h"

/* Two contexts on one thread: a fault in the one frees GLPK's environment, and with it the problem of the other. */
static void a_fault_elsewhere_is_not_noticed(void **state)
{
    struct fixture *fixture = *state;
    fab_context *context = fixture->context, *other = fab_context_new();
    fab_solver *solver = open_random(context, 11, &medium), *undisturbed = open_random(context, 11, &medium);
    uint64_t seed = 1, same_seed = 1;
    optimum(context, solver);
    optimum(context, undisturbed);
    move_objective(context, solver, &seed);
    move_objective(context, undisturbed, &same_seed);
    fab_lp_solution *expected = solve(context, undisturbed, NULL), *none = NULL;
    fab_solver *faulty = open_faulty(other);
    assert_int_equal(FAB_INTERNAL, fab_solver_solve(other, faulty, NULL, &none));
    assert_null(none);
    assert_non_null(strstr(fab_context_message(other), "GLPK gave up"));
    int cold_runs = fixture->cold_runs;
    fab_lp_solution *solution = solve(context, solver, NULL);
    assert_int_equal(cold_runs, fixture->cold_runs); /* warm: the basis was outside */
    assert_int_equal(expected->iterations, solution->iterations);
    assert_memory_equal(expected->x, solution->x, (size_t)fab_solver_program(solver)->column_count * sizeof *solution->x);
    assert_string_equal("", fab_context_message(context));
    /* the faulty one faults again, and can be closed while the others live */
    assert_int_equal(FAB_INTERNAL, fab_solver_solve(other, faulty, NULL, &none));
    fab_solver_close(faulty);
    assert_close(optimum(context, undisturbed), verify(context, solver, solution), 1e-12, 1e-12);
    fab_lp_solution_free(expected);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    fab_solver_close(undisturbed);
    fab_context_free(other);
}

/* An interruption leaves GLPK in the middle; this solver and the other one go on with another context. */
static void an_interrupted_solver_goes_on(void **state)
{
    struct fixture *fixture = *state;
    fab_context *other = fab_context_new();
    fab_solver *solver = open_random(other, 7, &large), *dakota_solver = open_dakota(other);
    fab_lp_solution *none = NULL;
    assert_close(optimum(other, dakota_solver), 280, 1e-14, 0);
    fixture->interrupt_at = FAB_LEVEL_DETAIL;
    assert_int_equal(FAB_INTERRUPTED, fab_solver_solve(fixture->context, solver, NULL, &none));
    assert_null(none);
    assert_int_equal(1, fixture->details);
    assert_int_equal(FAB_INTERRUPTED, fab_solver_solve(fixture->context, solver, NULL, &none)); /* before it has begun */
    assert_int_equal(1, fixture->details);
    assert_close(optimum(other, dakota_solver), 280, 1e-14, 0);
    assert_true(isfinite(optimum(other, solver)));
    fab_solver_close(solver);
    fab_solver_close(dakota_solver);
    fab_context_free(other);
}

/* ---- time */

static void a_deadline_ends_the_solve(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_random(context, 7, &large);
    for (int ago = 1; ago >= 0; ago--) { /* has passed, passes now */
        fab_lp_solution *limited = solve(context, solver, &(fab_solver_options){.deadline = fab_clock() - ago});
        assert_int_equal(FAB_LIMIT, limited->outcome);
        fab_lp_solution_free(limited);
    }
    fab_lp_solution *solution = solve(context, solver, &(fab_solver_options){.deadline = fab_clock() + 600});
    verify(context, solver, solution);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
}

/* A program that keeps GLPK busy for long. */
static fab_solver *open_endless(fab_context *context)
{
    static const struct random_shape endless = {1200, 1500, 0.2, 5, true, 0};
    return open_random(context, 3, &endless);
}

static void a_deadline_is_met_within_a_fraction_of_a_second(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_endless(context);
    double began = fab_clock();
    fab_lp_solution *solution = solve(context, solver, &(fab_solver_options){.deadline = began + 0.3});
    double took = fab_clock() - began;
    print_message("deadline after 0.3 s: %.3f s\n", took);
    assert_int_equal(FAB_LIMIT, solution->outcome);
    assert_true(took < 2);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
}

struct alarm {
    fab_context *context;
    double rang; /* of fab_clock() */
};

static void *ring(void *user)
{
    struct alarm *alarm = user;
    usleep(300000);
    alarm->rang = fab_clock();
    fab_context_interrupt(alarm->context);
    return NULL;
}

static void another_thread_interrupts(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_endless(context);
    struct alarm alarm = {.context = context};
    fab_lp_solution *none = NULL;
    pthread_t thread;
    assert_int_equal(0, pthread_create(&thread, NULL, ring, &alarm));
    assert_int_equal(FAB_INTERRUPTED, fab_solver_solve(context, solver, NULL, &none));
    double heard = fab_clock();
    assert_int_equal(0, pthread_join(thread, NULL));
    print_message("heard after %.3f s\n", heard - alarm.rang);
    assert_true(heard - alarm.rang < 2);
    fab_solver_close(solver);
}

/* GLPK's environment belongs to the thread: solvers on two threads know nothing of each other, a fault on the one included. */
static void *solve_on_a_thread(void *user)
{
    fab_context *context = fab_context_new();
    bool faults = user != NULL;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        fab_solver *solver = open_random(context, seed, &medium), *faulty = faults ? open_faulty(context) : NULL;
        fab_lp_solution *none = NULL;
        double best = optimum(context, solver);
        if (faulty)
            assert_int_equal(FAB_INTERNAL, fab_solver_solve(context, faulty, NULL, &none));
        assert_close(optimum(context, solver), best, 1e-12, 1e-12);
        fab_solver_close(faulty);
        fab_solver_close(solver);
    }
    fab_context_free(context);
    return NULL;
}

static void threads_are_apart(void **state)
{
    pthread_t threads[2];
    for (int k = 0; k < 2; k++)
        assert_int_equal(0, pthread_create(&threads[k], NULL, solve_on_a_thread, k ? *state : NULL));
    for (int k = 0; k < 2; k++)
        assert_int_equal(0, pthread_join(threads[k], NULL));
}

#ifndef NDEBUG
static void *use_elsewhere(void *solver)
{
    fab_context *context = fab_context_new();
    fab_solver_set_row_limits(context, solver, 0, 0, 1);
    fab_context_free(context);
    return NULL;
}

/* A debug build ends a program that uses a solver on another thread: tried in a process of its own. */
static void a_solver_stays_on_its_thread(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_dakota(context);
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        signal(SIGABRT, SIG_DFL);
        fclose(stderr);
        if (pthread_create(&thread, NULL, use_elsewhere, solver) == 0)
            pthread_join(thread, NULL);
        _exit(0);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    fab_solver_close(solver);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_fault_elsewhere_is_not_noticed),
        TEST(an_interrupted_solver_goes_on),
        TEST(a_deadline_ends_the_solve),
        TEST(a_deadline_is_met_within_a_fraction_of_a_second),
        TEST(another_thread_interrupts),
        TEST(threads_are_apart),
#ifndef NDEBUG
        TEST(a_solver_stays_on_its_thread),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
