/* The file of a sweep, its futures and its draws; jobs and results as they are written and read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"
#include "scenario.h"
#include "sweep_draw.h"
#include "sweep_future.h"
#include "sweep_result.h"

#include <math.h>

static const char header[] = "kind,name,weight,scenarios,table,key,column,operation,values,what,law,p1,p2\n";

static void write_sweep(struct fixture *fixture, const char *rows)
{
    char text[8192];
    snprintf(text, sizeof text, "%s%s", header, rows);
    fixture_write(fixture, "sweep.csv", text, strlen(text));
}

static fab_status read_sweep(struct fixture *fixture, struct fab_sweep_file **file)
{
    char path[FIXTURE_PATH_SIZE * 2];
    *file = NULL;
    fixture_clear(fixture);
    return fab_sweep_file_read(fixture->context, fixture_path(fixture, "sweep.csv", path), file);
}

static struct fab_sweep_futures *make_futures(struct fixture *fixture, const char *rows, int64_t draws)
{
    struct fab_sweep_file *file;
    struct fab_sweep_futures *futures = NULL;
    struct fab_scenarios *known = fab_scenarios_new();
    write_sweep(fixture, rows);
    fixture_ok(fixture, read_sweep(fixture, &file));
    fixture_ok(fixture, fab_sweep_futures_make(fixture->context, &(struct fab_sweep_making){file, known, draws, 11}, &futures));
    fab_sweep_file_free(file);
    fab_scenarios_free(known);
    return futures;
}

/* Runs one each, grids multiply, the last one fastest, each with every draw; the base comes first. */
static void grids_multiply(void **state)
{
    struct fab_sweep_futures *futures = make_futures(*state,
                                                     "run,one,2,,demand,*,quantity,scale,2,,,,\n"
                                                     "grid,a,3,,demand,*,price_usd,scale,1|2,,,,\n"
                                                     "grid,b,,,demand,*,quantity,add,0|5|6,,,,\n"
                                                     "draw,d,,,,C/I,,,,demand,uniform,0.5,0.9\n",
                                                     2);
    static const char *const names[] = {"base plan", "one#1", "one#2", "a=1,b=0#1", "a=1,b=0#2", "a=1,b=5#1", "a=1,b=5#2", "a=1,b=6#1", "a=1,b=6#2", "a=2,b=0#1", "a=2,b=0#2", "a=2,b=5#1", "a=2,b=5#2",
                                        "a=2,b=6#1", "a=2,b=6#2"};
    static const int changes[] = {0, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3};
    assert_int_equal(futures->count, 15);
    for (int f = 0; f < futures->count; f++) {
        assert_string_equal(futures->future[f].name, names[f]);
        assert_int_equal(futures->future[f].run, f);
        assert_int_equal(futures->future[f].changes->count, changes[f]);
    }
    assert_close(futures->future[1].weight, 2, 0, 0);
    assert_close(futures->future[3].weight, 3, 0, 0);
    assert_string_equal(futures->future[1].changes->change[1].key, "*;customer=C;item=I");
    assert_string_equal(futures->future[1].changes->change[1].value, futures->future[3].changes->change[0].value); /* the same draw for every run */
    assert_string_not_equal(futures->future[1].changes->change[1].value, futures->future[2].changes->change[1].value);
    fab_sweep_futures_free(futures);
}

static void draws_alone_are_one_run(void **state)
{
    struct fab_sweep_futures *futures = make_futures(*state, "draw,y,,,,P,,,,yield,normal,1,0.1\ndraw,t,,,,G,,,,delivery,uniform,5,9\n", 3);
    assert_int_equal(futures->count, 4);
    assert_string_equal(futures->future[3].name, "draw#3");
    const struct fab_change *change = futures->future[3].changes->change;
    assert_string_equal(change[0].table, "process");
    assert_string_equal(change[0].column, "unit_yield");
    assert_int_equal(change[0].operation, FAB_CHANGE_SCALE);
    assert_string_equal(change[1].table, "tool_group");
    assert_string_equal(change[1].column, "lead_time_days");
    assert_int_equal(change[1].operation, FAB_CHANGE_ADD);
    fab_sweep_futures_free(futures);
}

/* Moments and limits of 20,000 draws: their errors are below five of their standard errors. */
static void laws_have_their_moments(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    static const struct {
        fab_sweep_law law;
        double p1, p2, mean, deviation, low, high;
    } laws[] = {
        {FAB_SWEEP_NORMAL, 1, 0.1, 1, 0.1, 0.4, 1.6},
        {FAB_SWEEP_LOGNORMAL, 2, 1, 2, 1, 0.01, 60},
        {FAB_SWEEP_UNIFORM, 3, 6, 4.5, 0.8660254037844386, 3, 6},
    };
    for (size_t l = 0; l < sizeof laws / sizeof *laws; l++) {
        const struct fab_sweep_row row = {.kind = FAB_SWEEP_DRAW, .law = laws[l].law, .p1 = laws[l].p1, .p2 = laws[l].p2};
        double sum = 0, squares = 0;
        for (int d = 1; d <= DRAWS; d++) {
            double figure = fab_sweep_draw(&row, 4, 2, d);
            assert_true(figure >= laws[l].low && figure <= laws[l].high);
            sum += figure;
            squares += (figure - laws[l].mean) * (figure - laws[l].mean);
        }
        assert_close(sum / DRAWS, laws[l].mean, 0, 5 * laws[l].deviation / sqrt(DRAWS));
        assert_close(sqrt(squares / DRAWS), laws[l].deviation, 0.06, 0);
    }
}

static void a_figure_depends_on_its_place_alone(void **state)
{
    (void)state;
    const struct fab_sweep_row row = {.kind = FAB_SWEEP_DRAW, .law = FAB_SWEEP_NORMAL, .p1 = 1, .p2 = 0.5}, certain = {.kind = FAB_SWEEP_DRAW, .law = FAB_SWEEP_LOGNORMAL, .p1 = 1.25, .p2 = 0};
    assert_close(fab_sweep_draw(&row, 1, 0, 5), fab_sweep_draw(&row, 1, 0, 5), 0, 0);
    assert_true(fab_sweep_draw(&row, 1, 0, 5) != fab_sweep_draw(&row, 1, 1, 5));
    assert_true(fab_sweep_draw(&row, 1, 0, 5) != fab_sweep_draw(&row, 2, 0, 5));
    assert_close(fab_sweep_draw(&certain, 1, 0, 5), 1.25, 0, 0);
    for (int d = 1; d < 200; d++)
        assert_true(fab_sweep_draw(&(struct fab_sweep_row){.law = FAB_SWEEP_NORMAL, .p1 = 0.1, .p2 = 1}, 1, 0, d) >= 0);
}

static void assert_wrong(struct fixture *fixture, const char *row, const char *finding)
{
    struct fab_sweep_file *file;
    write_sweep(fixture, row);
    assert_int_equal(read_sweep(fixture, &file), FAB_INPUT);
    assert_non_null(strstr(fixture->lines[0], finding));
    assert_null(file);
}

static void rows_keep_to_the_rules_of_their_kind(void **state)
{
    assert_wrong(*state, "run,a,,,demand,*,quantity,,2,,,,\n", "sweep.csv:2:27: operation is empty, must be given with a table");
    assert_wrong(*state, "run,a,,,demand,*,quantity,scale,1|2,,,,\n", "must be one value in a row of kind run");
    assert_wrong(*state, "run,a,,,,,,,,yield,,,\n", "what is given, must be empty in a row of kind run");
    assert_wrong(*state, "grid,a,,S,demand,*,quantity,scale,2,,,,\n", "scenarios is given, must be empty in a row of kind grid");
    assert_wrong(*state, "grid,a,,,demand,*,quantity,scale,1||2,,,,\n", "must have a value on both sides of every |");
    assert_wrong(*state, "draw,a,,,,,,,,demand,normal,1,1\n", "key is empty, must be given in a row of kind draw");
    assert_wrong(*state, "draw,a,,,,P,,,,yield,lognormal,0,1\n", "p1 is 0, must be above 0");
    assert_wrong(*state, "draw,a,,,,P,,,,yield,uniform,-1,1\n", "p1 is '-1', must be 0 or more");
    assert_wrong(*state, "run,a,0,,,,,,,,,,\n", "weight is '0', must be more than 0");
    assert_wrong(*state, "", "there is no row");
}

static void a_scenario_that_there_is_not(void **state)
{
    struct fixture *fixture = *state;
    struct fab_sweep_file *file;
    struct fab_sweep_futures *futures = NULL;
    struct fab_scenarios *known = fab_scenarios_new();
    write_sweep(fixture, "run,a,,none,,,,,,,,,\n");
    fixture_ok(fixture, read_sweep(fixture, &file));
    assert_int_equal(fab_sweep_futures_make(fixture->context, &(struct fab_sweep_making){file, known, 0, 0}, &futures), FAB_INPUT);
    assert_non_null(strstr(fixture->lines[0], "sweep.csv:2:8: scenario 'none'"));
    fab_sweep_file_free(file);
    fab_scenarios_free(known);
}

/* A surprise is known of from its day on: what is known from the start has the rest. */
static void surprises_stand_apart(void **state)
{
    struct fixture *fixture = *state;
    struct fab_sweep_file *file;
    struct fab_sweep_futures *futures = NULL;
    struct fab_scenarios *known = fab_scenarios_new();
    const struct fab_change change = {.origin = FAB_CHANGE_SCENARIO, .scenario = "S", .number = 1, .table = "item", .key = "*", .column = "max_stock", .value = "1", .from = FAB_DATE_NONE, .to = FAB_DATE_NONE};
    fixture_ok(fixture, fab_scenarios_add(fixture->context, known, &(struct fab_scenario){"S", "S", 12345}));
    fixture_ok(fixture, fab_change_list_add(fixture->context, known->changes, &change));
    write_sweep(fixture, "run,a,,S,demand,*,quantity,scale,2,,,,\n");
    fixture_ok(fixture, read_sweep(fixture, &file));
    fixture_ok(fixture, fab_sweep_futures_make(fixture->context, &(struct fab_sweep_making){file, known, 0, 0}, &futures));
    assert_int_equal(futures->future[1].surprise_from, 12345);
    assert_int_equal(futures->future[1].changes->count, 2);
    assert_int_equal(futures->future[1].known->count, 1);
    assert_string_equal(futures->future[1].known->change[0].table, "demand");
    fab_sweep_futures_free(futures);
    fab_sweep_file_free(file);
    fab_scenarios_free(known);
}

static struct fab_sweep_index *make_index(struct fixture *fixture, const struct fab_sweep_future *future)
{
    struct fab_sweep_index index = {.arena = fab_arena_new(), .name = "s", .inputs_sha256 = "i", .base_sha256 = "b", .base_plan = 3, .count = 1}, *read = NULL;
    char hex[FAB_SHA256_HEX_SIZE];
    json_t *json = fab_sweep_job_json(future);
    char *text = fab_sweep_json_text(json, hex);
    const char *hashes[] = {hex};
    index.job_sha256 = hashes;
    fixture_ok(fixture, fab_sweep_write_text(fixture->context, fab_sweep_job_path(index.arena, fixture->folder, 0), text));
    fixture_ok(fixture, fab_sweep_index_write(fixture->context, &index, fixture->folder));
    fixture_ok(fixture, fab_sweep_index_read(fixture->context, fixture->folder, &read));
    json_decref(json);
    free(text);
    fab_arena_free(index.arena);
    return read;
}

static void jobs_and_results_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct fab_sweep_future future, read;
    struct fab_sweep_result result;
    const struct fab_change change = {.scenario = "s,\"", .number = 4, .table = "t", .key = "k", .column = "c", .operation = FAB_CHANGE_SHIFT, .value = "v", .from = 100, .to = FAB_DATE_NONE};
    fixture_ok(fixture, fab_sweep_future_init(fixture->context, &future));
    fixture_ok(fixture, fab_change_list_add(fixture->context, future.changes, &change));
    future.name = "n";
    future.weight = 0.1;
    struct fab_sweep_index *index = make_index(fixture, &future);
    assert_int_equal(index->base_plan, 3);
    fixture_ok(fixture, fab_sweep_job_read(fixture->context, index, 0, &read));
    assert_close(read.weight, 0.1, 0, 0);
    assert_string_equal(read.changes->change[0].scenario, "s,\"");
    assert_int_equal(read.changes->change[0].operation, FAB_CHANGE_SHIFT);
    assert_int_equal(read.changes->change[0].from, 100);
    assert_int_equal(read.changes->change[0].to, FAB_DATE_NONE);
    fixture_ok(fixture, fab_sweep_result_read(fixture->context, index, fixture->folder, 0, &result));
    assert_null(result.content);
    json_t *content = json_pack("{s:f}", "objective_usd", 0.1 + 0.2);
    fixture_ok(fixture, fab_sweep_result_write(fixture->context, index, 0, &(struct fab_sweep_made){content, "1/2", 3.5}));
    fixture_ok(fixture, fab_sweep_result_read(fixture->context, index, fixture->folder, 0, &result));
    assert_close(json_real_value(json_object_get(result.content, "objective_usd")), 0.1 + 0.2, 0, 0);
    json_decref(content);
    fab_sweep_result_fini(&result);
    fab_sweep_future_fini(&read);
    fab_sweep_future_fini(&future);
    fab_sweep_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(grids_multiply),
        CHANGE_TEST(draws_alone_are_one_run),
        cmocka_unit_test(laws_have_their_moments),
        cmocka_unit_test(a_figure_depends_on_its_place_alone),
        CHANGE_TEST(rows_keep_to_the_rules_of_their_kind),
        CHANGE_TEST(a_scenario_that_there_is_not),
        CHANGE_TEST(surprises_stand_apart),
        CHANGE_TEST(jobs_and_results_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
