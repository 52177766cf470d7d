/* Scenario files, folders of them, and plans made with them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "adjust.h"
#include "assert_close.h"
#include "changes.h"
#include "fab.h"
#include "planning.h"

static const char header[] = "scenario,number,table,key,column,operation,value,from,to,basis\n";

static void write_file(struct fixture *fixture, const char *name, const char *rows)
{
    char text[8192];
    snprintf(text, sizeof text, "%s%s", header, rows);
    fixture_write(fixture, name, text, strlen(text));
}

static fab_status read_path(struct fixture *fixture, const char *name, struct fab_scenarios **scenarios)
{
    char path[FIXTURE_PATH_SIZE * 2];
    fixture_clear(fixture);
    fab_scenarios_free(*scenarios);
    *scenarios = fab_scenarios_new();
    return fab_scenarios_read(fixture->context, fixture_path(fixture, name, path), *scenarios);
}

static void a_file_of_changes(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    write_file(fixture, "x.csv", "two,1,item,*,max_stock,scale,2,,,why\none,7,demand,\"A|B;class=firm\",,shift,-3,2027-01,2027-W05,\n");
    fixture_ok(fixture, read_path(fixture, "x.csv", &scenarios));
    assert_int_equal(scenarios->count, 2);
    assert_string_equal(scenarios->scenario[1].scenario, "one");
    assert_string_equal(scenarios->scenario[1].name, "one");
    assert_int_equal(scenarios->scenario[1].surprise_from, FAB_DATE_NONE);
    const struct fab_change *change = &scenarios->changes->change[1];
    assert_int_equal(change->origin, FAB_CHANGE_SCENARIO);
    assert_int_equal(change->number, 7);
    assert_int_equal(change->operation, FAB_CHANGE_SHIFT);
    assert_string_equal(change->key, "A|B;class=firm");
    assert_string_equal(change->column, "");
    assert_string_equal(change->value, "-3");
    assert_int_equal(change->from, fab_date_from_civil(2027, 1, 1));
    assert_int_equal(change->to, fab_date_from_civil(2027, 2, 1));
    assert_string_equal(scenarios->changes->change[0].basis, "why");
    assert_int_equal(change->line, 3);
    assert_int_equal(change->place[FAB_CHANGE_FIELD_KEY], 14);
    fab_scenarios_free(scenarios);
}

static void changes_are_taken_by_number(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    struct fab_change_list *list = fab_change_list_new();
    write_file(fixture, "x.csv", "s,10,item,*,max_stock,set,3,,,\ns,2,item,*,max_stock,set,1,,,\nt,1,item,*,max_stock,set,9,,,\ns,3,item,*,max_stock,set,2,,,\n");
    fixture_ok(fixture, read_path(fixture, "x.csv", &scenarios));
    fixture_ok(fixture, fab_scenarios_take(fixture->context, scenarios, "s", list));
    assert_int_equal(list->count, 3);
    assert_string_equal(list->change[0].value, "1");
    assert_string_equal(list->change[1].value, "2");
    assert_string_equal(list->change[2].value, "3");
    fab_change_list_free(list);
    fab_scenarios_free(scenarios);
}

static void a_folder_has_a_list_and_files_without_rows(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    char path[FIXTURE_PATH_SIZE * 2];
    mkdir(fixture_path(fixture, "folder", path), 0777);
    write_file(fixture, "folder/base.csv", "");
    write_file(fixture, "folder/shock.csv", "shock,1,item,*,max_stock,scale,2,,,\n");
    static const char list[] = "scenario,name,surprise_from,basis\nbase,Base,,none\nshock,The shock,2027-03-01,why\n";
    fixture_write(fixture, "folder/scenario.csv", list, strlen(list));
    fixture_write(fixture, "folder/readme.txt", "no", 2);
    fixture_ok(fixture, read_path(fixture, "folder", &scenarios));
    assert_int_equal(scenarios->count, 2);
    assert_string_equal(fab_scenarios_find(scenarios, "base")->name, "Base");
    assert_int_equal(fab_scenarios_find(scenarios, "base")->surprise_from, FAB_DATE_NONE);
    assert_string_equal(fab_scenarios_find(scenarios, "shock")->name, "The shock");
    assert_int_equal(fab_scenarios_find(scenarios, "shock")->surprise_from, fab_date_from_civil(2027, 3, 1));
    assert_int_equal(scenarios->changes->count, 1);
    fab_scenarios_free(scenarios);
}

static void assert_file_finding(struct fixture *fixture, const char *text, const char *finding)
{
    struct fab_scenarios *scenarios = NULL;
    fixture_write(fixture, "x.csv", text, strlen(text));
    assert_int_equal(read_path(fixture, "x.csv", &scenarios), FAB_INPUT);
    if (fixture->line_count < 1 || !strstr(fixture->lines[0], finding))
        fail_msg("'%s' is not in '%s'", finding, fixture->line_count ? fixture->lines[0] : "");
    fab_scenarios_free(scenarios);
}

static void files_that_are_wrong(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    assert_file_finding(fixture, "", "x.csv:1:1: file is empty");
    assert_file_finding(fixture, "scenario,number,table,operatio\n", "x.csv:1:23: column is 'operatio', must be a column of such a file (operation?)");
    assert_file_finding(fixture, "scenario,number,table\n", "column 'operation' is missing");
    assert_file_finding(fixture, "scenario,number,table,operation,table\n", "x.csv:1:33: column is 'table', must be unique");
    assert_file_finding(fixture, "scenario,number,table,operation\ns,1,item,scal\n", "x.csv:2:10: operation is 'scal', must be one of set, scale, add, shift, insert, delete (scale?)");
    assert_file_finding(fixture, "scenario,number,table,operation\n,1,item,scale\n", "x.csv:2:1: scenario is empty, must be given");
    assert_file_finding(fixture, "scenario,number,table,operation\ns,a,item,scale\n", "x.csv:2:3: number is 'a', must be a plain decimal number");
    assert_file_finding(fixture, "scenario,number,table,operation,from\ns,1,item,scale,soon\n", "x.csv:2:16: from is 'soon', must be a date");
    assert_file_finding(fixture, "scenario,number,table,operation\ns,1,item\n", "x.csv:2:9: row has 3 fields, must have 4 as the header");
    assert_file_finding(fixture, "scenario,number,table,operation\ns,1,item,set\ns,1,item,set\n", "x.csv:3:3: scenario, number is 's, 1', must be unique (");
    assert_int_equal(read_path(fixture, "none.csv", &scenarios), FAB_INPUT);
    fab_scenarios_free(scenarios);
}

static void a_list_names_scenarios_of_its_folder(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    char path[FIXTURE_PATH_SIZE * 2];
    mkdir(fixture_path(fixture, "folder", path), 0777);
    write_file(fixture, "folder/base.csv", "");
    static const char list[] = "scenario,name\nbase,Base\nbasis,Other\n";
    fixture_write(fixture, "folder/scenario.csv", list, strlen(list));
    assert_int_equal(read_path(fixture, "folder", &scenarios), FAB_INPUT);
    assert_non_null(strstr(fixture->lines[0], "scenario.csv:3:1: scenario is 'basis', must be that of a file of the folder"));
    fab_scenarios_free(scenarios);
}

static void a_request_names_scenarios_and_files(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2], folder[FIXTURE_PATH_SIZE * 2], request[FIXTURE_PATH_SIZE * 3];
    struct fab_change_list *list = fab_change_list_new();
    struct fab_scenarios *known = fab_scenarios_new(), *none = fab_scenarios_new();
    mkdir(fixture_path(fixture, "scenarios", folder), 0777);
    write_file(fixture, "scenarios/a.csv", "a,1,item,*,max_stock,scale,2,,,\n");
    write_file(fixture, "b.csv", "b,1,item,*,max_stock,scale,3,,,\nc,1,item,*,max_stock,scale,4,,,\n");
    snprintf(request, sizeof request, "%s,a", fixture_path(fixture, "b.csv", path));
    fixture_ok(fixture, fab_scenarios_read(fixture->context, folder, known));
    fixture_ok(fixture, fab_scenarios_load(fixture->context, request, known, list));
    assert_int_equal(list->count, 3);
    assert_string_equal(list->change[0].value, "3");
    assert_string_equal(list->change[2].value, "2"); /* in the order of the request */
    assert_int_equal(fab_scenarios_load(fixture->context, "aa", known, list), FAB_USAGE);
    assert_message(fixture, "scenario 'aa' is neither known nor a file (a?)");
    assert_int_equal(fab_scenarios_load(fixture->context, "a", none, list), FAB_USAGE);
    fab_scenarios_free(known);
    fab_scenarios_free(none);
    fab_change_list_free(list);
}

/* ---- plans ---- */

static fab *open_fab(struct fixture *fixture, const char *scenarios)
{
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = NULL;
    write_fab(fixture, "data", NULL);
    mkdir(fixture_path(fixture, "data/scenarios", path), 0777);
    write_file(fixture, "data/scenarios/s.csv", scenarios);
    fixture_ok(fixture, fab_open(fixture->context, fixture_path(fixture, "data", path), FAB_WRITE, &opened));
    fixture_clear(fixture);
    return opened;
}

static void a_plan_keeps_its_changes(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_fab(fixture, "s,5,demand,*,quantity,scale,2,2027-02-01,,\ns,6,demand,D1,,shift,3,,,\n");
    fab_optimise_result result = {0};
    struct fab_change_list *list = fab_change_list_new();
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = "s"}, &result));
    assert_int_equal(result.outcome, FAB_OPTIMAL);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan_change"), 2);
    assert_int_equal(fixture_integer(fixture, opened->store,
                                     "SELECT COUNT(*) FROM plan_change WHERE plan = 1 AND number = 1 AND origin = 'scenario' AND scenario = 's' AND tbl = 'demand' AND "
                                     "row_key = '*' AND column_name = 'quantity' AND operation = 'scale' AND value = '2' AND from_date = '2027-02-01' AND to_date IS NULL"),
                     1);
    fixture_ok(fixture, fab_changes_of_plan(fixture->context, opened, result.plan, false, list));
    assert_int_equal(list->count, 2);
    assert_int_equal(list->change[1].operation, FAB_CHANGE_SHIFT);
    assert_int_equal(list->change[1].from, FAB_DATE_NONE);
    fab_change_list_free(list);
    fab_result *report = NULL;
    fixture_ok(fixture, fab_doctor(fixture->context, opened, &report)); /* its certificate is of the changed data set */
    assert_string_equal(fab_table_get(fab_result_table(report, "checks"), 1, 1)->text, "verified");
    fab_result_free(report);
    fab_result_free(result.answer);
    fab_close(opened);
}

static void a_plan_without_changes_keeps_none(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_fab(fixture, "");
    fab_optimise_result result = {0};
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = "s"}, &result));
    fab_result_free(result.answer);
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){0}, &result));
    fab_result_free(result.answer);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan_change"), 0);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(DISTINCT objective_usd) FROM plan"), 1);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan WHERE options NOT LIKE '%scenario%'"), 1);
    fab_close(opened);
}

/* What the cross-checks of an import say of the changed data set, and the data set does not have itself. */
static void what_is_wrong_between_rows_is_a_finding(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_fab(fixture, "s,1,item,,,insert,item=WISH;kind=chip;name=Nobody makes it,,,\ns,2,demand,D3,item,set,WISH,,,\n");
    fab_optimise_result result = {0};
    assert_int_equal(fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = "s"}, &result), FAB_INPUT);
    assert_int_equal(fixture->line_count, 1);
    assert_non_null(strstr(fixture->lines[0], "with the changes, table demand D3: item is 'WISH', must be an item that something gives"));
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan"), 0);
    fab_close(opened);
}

/* An order that a change moves behind the calendar is left out of the plan, and that is said. */
static void an_order_moved_behind_the_calendar(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_fab(fixture, "s,1,demand,D3,,shift,100,,,\n");
    fab_optimise_result result = {0};
    bool said = false;
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = "s"}, &result));
    for (int l = 0; l < fixture->line_count; l++)
        said |= strstr(fixture->lines[l], "1 order due on or after the calendar's end 2027-05-01 (D3; 40 units, 18000 USD): left out of the plan") != NULL;
    assert_true(said);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan_demand WHERE demand = 'D3'"), 0);
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT COUNT(*) FROM plan_demand"), 2);
    fab_result_free(result.answer);
    fab_close(opened);
}

/* ---- the sample fab ---- */

static const char *const sample_scenarios = FAB_SOURCE_FOLDER "/data/terafab-scenarios";

static fab_model *sample_with(struct fixture *fixture, const fab_model *base, const struct fab_scenarios *scenarios, const char *name)
{
    struct fab_change_list *list = fab_change_list_new();
    fab_model *changed = NULL;
    fixture_ok(fixture, fab_scenarios_take(fixture->context, scenarios, name, list));
    fixture_ok(fixture, fab_model_change(fixture->context, base, list, &changed));
    fab_change_list_free(list);
    return changed;
}

static void scenarios_of_the_sample_fab_apply(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    fab_table *found = NULL;
    fab_model *base = load_folder(fixture, FAB_SOURCE_FOLDER "/data/terafab");
    fixture_clear(fixture);
    fixture_ok(fixture, fab_scenarios_read(fixture->context, sample_scenarios, scenarios = fab_scenarios_new()));
    assert_int_equal(scenarios->count, 18);
    for (int s = 0; s < scenarios->count; s++) {
        fab_model *changed = sample_with(fixture, base, scenarios, scenarios->scenario[s].scenario);
        fixture_ok(fixture, fab_store_check_model(fixture->context, changed, &found));
        for (int r = 0; r < fab_table_rows(found); r++)
            assert_string_not_equal(fab_table_get(found, r, 0)->text, "finding");
        fab_table_free(found);
        fab_model_free(changed);
    }
    assert_int_equal(fixture->line_count, 0);
    fab_scenarios_free(scenarios);
    fab_model_free(base);
}

static void what_they_do_is_what_they_say(void **state)
{
    struct fixture *fixture = *state;
    struct fab_scenarios *scenarios = NULL;
    fab_model *base = load_folder(fixture, FAB_SOURCE_FOLDER "/data/terafab");
    fixture_clear(fixture);
    fixture_ok(fixture, fab_scenarios_read(fixture->context, sample_scenarios, scenarios = fab_scenarios_new()));
    fab_model *euv = sample_with(fixture, base, scenarios, "euv_slip_9mo"), *taiwan = sample_with(fixture, base, scenarios, "tw_embargo_6q");
    int g = fab_model_find_row(base, fab_dictionary_find("tool_group"), "L_EUV"), other = fab_model_find_row(base, fab_dictionary_find("tool_group"), "L_KRF");
    assert_close(euv->tool_group[g].lead_time_days, base->tool_group[g].lead_time_days + 274, 0, 0);
    assert_close(euv->tool_group[other].lead_time_days, base->tool_group[other].lead_time_days, 0, 0);
    /* deliveries of Taiwan's sources stop for six quarters; SK hynix's HBM4 falls to 0.2 half a year later */
    int memory = fab_model_find_source(base, "SO_SKH_HBM4"), foundry = fab_model_find_source(base, "SO_TSMC_N2_X2");
    double july = fab_date_from_civil(2029, 7, 1), next_july = fab_date_from_civil(2030, 7, 1), month = 31;
    assert_close(fab_adjust_output(taiwan, foundry, july, july + month), 0, 1e-15, 0);
    assert_close(fab_adjust_output(taiwan, foundry, july - month, july), 1, 0, 0);
    assert_close(fab_adjust_output(taiwan, memory, july, july + month), 1, 0, 0);
    assert_close(fab_adjust_output(taiwan, memory, next_july, next_july + month), 0.2, 1e-15, 0);
    fab_model_free(euv);
    fab_model_free(taiwan);
    fab_model_free(base);
    fab_scenarios_free(scenarios);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(a_file_of_changes),
        CHANGE_TEST(changes_are_taken_by_number),
        CHANGE_TEST(a_folder_has_a_list_and_files_without_rows),
        CHANGE_TEST(files_that_are_wrong),
        CHANGE_TEST(a_list_names_scenarios_of_its_folder),
        CHANGE_TEST(a_request_names_scenarios_and_files),
        CHANGE_TEST(a_plan_keeps_its_changes),
        CHANGE_TEST(a_plan_without_changes_keeps_none),
        CHANGE_TEST(what_is_wrong_between_rows_is_a_finding),
        CHANGE_TEST(an_order_moved_behind_the_calendar),
        CHANGE_TEST(scenarios_of_the_sample_fab_apply),
        CHANGE_TEST(what_they_do_is_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
