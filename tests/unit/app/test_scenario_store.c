/* Scenarios in the database: stored as a whole or not at all, and the same when they come back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "fab.h"
#include "scenario_store.h"

static const char header[] = "scenario,number,table,key,column,operation,value,from,to,basis\n";

static void write_file(struct fixture *fixture, const char *name, const char *rows)
{
    char text[8192];
    snprintf(text, sizeof text, "%s%s", header, rows);
    fixture_write(fixture, name, text, strlen(text));
}

/* A database with the data of a folder. */
static fab *open_database(struct fixture *fixture, const char *folder)
{
    char path[FIXTURE_PATH_SIZE * 2];
    const char *paths[] = {folder};
    fab *opened = NULL;
    fixture_ok(fixture, fab_open(fixture->context, fixture_path(fixture, "fab.db", path), FAB_CREATE, &opened));
    fab_result *summary = NULL;
    fixture_ok(fixture, fab_import(fixture->context, opened, &(fab_import_request){.paths = paths, .path_count = 1}, &summary));
    fab_result_free(summary);
    fixture_clear(fixture);
    return opened;
}

static fab *open_small(struct fixture *fixture)
{
    char path[FIXTURE_PATH_SIZE * 2];
    write_fab(fixture, "fab", NULL);
    return open_database(fixture, fixture_path(fixture, "fab", path));
}

static fab_status add_path(struct fixture *fixture, fab *opened, const char *name, fab_result **added)
{
    char path[FIXTURE_PATH_SIZE * 2];
    const char *paths[] = {fixture_path(fixture, name, path)};
    return fab_scenario_add(fixture->context, opened, paths, 1, added);
}

static const char *stored_word(const fab_result *result, int row)
{
    const fab_table *table = fab_result_table(result, "scenarios");
    return fab_table_get(table, row, fab_table_find_column(table, "stored"))->text;
}

static void assert_same_scenarios(struct fixture *fixture, const struct fab_scenarios *left, const struct fab_scenarios *right)
{
    assert_int_equal(left->count, right->count);
    for (int s = 0; s < left->count; s++) {
        const struct fab_scenario *other = fab_scenarios_find(right, left->scenario[s].scenario);
        struct fab_change_list *a = fab_change_list_new(), *b = fab_change_list_new();
        assert_non_null(other);
        assert_string_equal(left->scenario[s].name, other->name);
        assert_int_equal(left->scenario[s].surprise_from, other->surprise_from);
        fixture_ok(fixture, fab_scenarios_take(fixture->context, left, other->scenario, a));
        fixture_ok(fixture, fab_scenarios_take(fixture->context, right, other->scenario, b));
        assert_int_equal(a->count, b->count);
        for (int c = 0; c < a->count; c++) {
            const struct fab_change *x = &a->change[c], *y = &b->change[c];
            assert_int_equal(x->number, y->number);
            assert_string_equal(x->table, y->table);
            assert_string_equal(x->key, y->key);
            assert_string_equal(x->column, y->column);
            assert_int_equal(x->operation, y->operation);
            assert_string_equal(x->value, y->value);
            assert_int_equal(x->from, y->from);
            assert_int_equal(x->to, y->to);
            assert_string_equal(x->basis, y->basis);
        }
        fab_change_list_free(a);
        fab_change_list_free(b);
    }
}

/* The eighteen of the sample fab: each is accepted, and what comes back is what the files say. */
static void the_scenarios_of_the_sample_come_back(void **state)
{
    struct fixture *fixture = *state;
    const char *paths[] = {FAB_SOURCE_FOLDER "/data/terafab-scenarios"};
    struct fab_scenarios *files = fab_scenarios_new(), *known = NULL;
    fab *opened = open_database(fixture, FAB_SOURCE_FOLDER "/data/terafab");
    fab_result *added = NULL;
    fixture_ok(fixture, fab_scenario_add(fixture->context, opened, paths, 1, &added));
    assert_int_equal(fixture->line_count, 0);
    assert_int_equal(fab_table_rows(fab_result_table(added, "scenarios")), 18);
    assert_string_equal(stored_word(added, 17), "added");
    fixture_ok(fixture, fab_scenarios_read(fixture->context, paths[0], files));
    fixture_ok(fixture, fab_scenarios_known(fixture->context, opened, &known));
    assert_same_scenarios(fixture, files, known);
    assert_same_scenarios(fixture, known, files);
    fab_scenarios_free(known);
    fab_scenarios_free(files);
    fab_result_free(added);
    fab_close(opened);
}

static void a_scenario_is_replaced_as_a_whole(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_small(fixture);
    fab_result *added = NULL;
    write_file(fixture, "s.csv", "s,1,demand,D1,quantity,scale,2,,,why\ns,2,demand,D2,quantity,scale,3,,,\nt,1,demand,D3,,shift,-3,2027-01-01,,\n");
    fixture_ok(fixture, add_path(fixture, opened, "s.csv", &added));
    fab_result_free(added);
    fixture_ok(fixture, add_path(fixture, opened, "s.csv", &added));
    assert_string_equal(stored_word(added, 0), "unchanged");
    fab_result_free(added);
    write_file(fixture, "s.csv", "s,2,demand,D2,quantity,scale,4,,,\n");
    fixture_ok(fixture, add_path(fixture, opened, "s.csv", &added));
    assert_string_equal(stored_word(added, 0), "replaced");
    fab_result_free(added);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM scenario"), 2);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM scenario_change WHERE scenario = 's'"), 1);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM scenario_change WHERE scenario = 't' AND \"from\" = '2027-01-01' AND \"to\" IS NULL AND \"column\" IS NULL AND basis IS NULL"), 1);
    fab_close(opened);
}

/* One wrong change of one of three scenarios: nothing of them is stored, what was stored stays. */
static void with_a_finding_nothing_is_stored(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_small(fixture);
    fab_result *added = NULL;
    write_file(fixture, "s.csv", "s,1,demand,D1,quantity,scale,2,,,\n");
    fixture_ok(fixture, add_path(fixture, opened, "s.csv", &added));
    fab_result_free(added);
    write_file(fixture, "wrong.csv", "a,1,demand,D1,quantity,scale,2,,,\nb,1,demand,D7,quantity,scale,2,,,\ns,1,demand,D1,quantity,scale,5,,,\nz,1,demand,D1,quantty,scale,2,,,\n");
    assert_int_equal(add_path(fixture, opened, "wrong.csv", &added), FAB_INPUT);
    assert_int_equal(fixture->line_count, 2); /* all of them */
    assert_non_null(strstr(fixture->lines[0], "wrong.csv:3:12: "));
    assert_non_null(strstr(fixture->lines[1], "wrong.csv:5:15: "));
    assert_message(fixture, "2 scenarios with findings (b, ...); nothing is stored");
    write_file(fixture, "torn.csv", "c,1,demand,D1,quantity,scale,2,,,\nd,1,demand\n");
    assert_int_equal(add_path(fixture, opened, "torn.csv", &added), FAB_INPUT);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM scenario"), 1);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM scenario_change WHERE value = '2'"), 1);
    fab_close(opened);
}

/* A stored scenario, a file and the folder `scenarios` of a folder are one thing to a plan; importing the data again leaves scenarios as they are. */
static void a_plan_takes_them_by_name(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = open_small(fixture);
    fab_result *added = NULL;
    const char *paths[] = {fixture_path(fixture, "fab", path)};
    fab_optimise_result named = {0}, filed = {0};
    char file[FIXTURE_PATH_SIZE * 2];
    write_file(fixture, "s.csv", "s,1,demand,D1,quantity,scale,2,,,\n");
    fixture_ok(fixture, add_path(fixture, opened, "s.csv", &added));
    fab_result_free(added);
    fixture_ok(fixture, fab_import(fixture->context, opened, &(fab_import_request){.paths = paths, .path_count = 1, .replace = true}, &added));
    fab_result_free(added);
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = "s"}, &named));
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = fixture_path(fixture, "s.csv", file)}, &filed));
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan_change WHERE scenario = 's'"), 2);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(DISTINCT objective_usd) FROM plan"), 1);
    fab_result_free(named.answer);
    assert_int_equal(fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = "sx"}, &named), FAB_USAGE);
    assert_message(fixture, "scenario 'sx' is neither known nor a file (s?)");
    fab_result_free(filed.answer);
    fab_close(opened);
}

static void what_is_shown(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = open_small(fixture);
    fab_result *result = NULL;
    mkdir(fixture_path(fixture, "three", path), 0777);
    write_file(fixture, "three/s.csv", "s,1,demand,D1|D2,quantity,scale,2,,,why\n");
    write_file(fixture, "three/base.csv", "");
    static const char list[] = "scenario,name,surprise_from\ns,The shock,2027-02-01\n";
    fixture_write(fixture, "three/scenario.csv", list, strlen(list));
    fixture_ok(fixture, add_path(fixture, opened, "three", &result));
    fab_result_free(result);
    fixture_ok(fixture, fab_scenario_list(fixture->context, opened, &result));
    const fab_table *table = fab_result_table(result, "scenarios");
    assert_int_equal(fab_table_rows(table), 2);
    assert_int_equal(fab_table_get(table, 0, 1)->integer, 0);
    assert_string_equal(fab_table_get(table, 1, 2)->text, "2027-02-01");
    assert_int_equal(fab_table_find_column(table, "stored"), -1);
    fab_result_free(result);
    fixture_ok(fixture, fab_scenario_show(fixture->context, opened, "s", &result));
    assert_string_equal(fab_result_fact(result, "name")->text, "The shock");
    assert_string_equal(fab_result_fact(result, "surprise_from")->text, "2027-02-01");
    assert_int_equal(fab_table_rows(fab_result_table(result, "changes")), 1);
    table = fab_result_table(result, "differences");
    assert_int_equal(fab_table_rows(table), 2);
    assert_string_equal(fab_table_get(table, 1, 1)->text, "D2");
    assert_string_equal(fab_table_get(table, 1, 3)->text, "20");
    assert_string_equal(fab_table_get(table, 1, 4)->text, "40");
    fab_result_free(result);
    fixture_ok(fixture, fab_scenario_show(fixture->context, opened, "base", &result));
    assert_int_equal(fab_table_rows(fab_result_table(result, "differences")), 0);
    fab_result_free(result);
    assert_int_equal(fab_scenario_show(fixture->context, opened, "shok", &result), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "unknown_scenario");
    fab_close(opened);
}

static void a_folder_stores_nothing(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = NULL;
    fab_result *result = NULL;
    write_fab(fixture, "fab", NULL);
    mkdir(fixture_path(fixture, "fab/scenarios", path), 0777);
    write_file(fixture, "fab/scenarios/s.csv", "s,1,demand,D1,quantity,scale,2,,,\n");
    fixture_ok(fixture, fab_open(fixture->context, fixture_path(fixture, "fab", path), FAB_WRITE, &opened));
    assert_int_equal(add_path(fixture, opened, "fab/scenarios", &result), FAB_USAGE);
    fixture_ok(fixture, fab_scenario_list(fixture->context, opened, &result));
    assert_int_equal(fab_table_rows(fab_result_table(result, "scenarios")), 1);
    fab_result_free(result);
    fab_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(the_scenarios_of_the_sample_come_back),
        CHANGE_TEST(a_scenario_is_replaced_as_a_whole),
        CHANGE_TEST(with_a_finding_nothing_is_stored),
        CHANGE_TEST(a_plan_takes_them_by_name),
        CHANGE_TEST(what_is_shown),
        CHANGE_TEST(a_folder_stores_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
