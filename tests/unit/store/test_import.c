/* Imports that work, and what they leave alone. The faults are in test_import_faults.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

enum { PATH_SIZE = FIXTURE_PATH_SIZE * 2 };

static const char mini[] = FAB_SOURCE_FOLDER "/data/mini";
static const char terafab[] = FAB_SOURCE_FOLDER "/data/terafab";

static fab_store *open_with(struct fixture *fixture, const char *folder)
{
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, folder);
    return store;
}

static void write_text(struct fixture *fixture, const char *name, const char *text)
{
    fixture_write(fixture, name, text, strlen(text));
}

static fab_status import_one(struct fixture *fixture, fab_store *store, const char *name, const fab_import_options *options,
                             fab_table **summary)
{
    char path[PATH_SIZE];
    const char *paths[] = {fixture_path(fixture, name, path)};
    return fab_csv_import(fixture->context, store, paths, 1, options, summary);
}

static void assert_summary(const fab_table *summary, int row, const char *table, int read, int added, int changed, int deleted)
{
    assert_string_equal(fab_table_get(summary, row, 0)->text, table);
    assert_int_equal(fab_table_get(summary, row, 1)->integer, read);
    assert_int_equal(fab_table_get(summary, row, 2)->integer, added);
    assert_int_equal(fab_table_get(summary, row, 3)->integer, changed);
    assert_int_equal(fab_table_get(summary, row, 4)->integer, deleted);
}

static void hash(struct fixture *fixture, fab_store *store, char hex[65])
{
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, hex));
}

static void importing_twice_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    char first[65], second[65];
    fab_table *summary = NULL;
    fab_store *store = open_with(fixture, terafab);
    const char *paths[] = {terafab};
    hash(fixture, store, first);
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, NULL, &summary));
    hash(fixture, store, second);
    assert_string_equal(first, second);
    assert_int_equal(fab_table_rows(summary), 28);
    for (int r = 0; r < fab_table_rows(summary); r++)
        for (int c = 2; c < 5; c++)
            assert_int_equal(fab_table_get(summary, r, c)->integer, 0);
    fab_table_free(summary);
    fab_store_close(store);
}

static void the_order_of_rows_means_nothing(void **state)
{
    struct fixture *fixture = *state;
    char forward[65], backward[65], path[PATH_SIZE];
    fab_store *store = open_with(fixture, terafab);
    hash(fixture, store, forward);
    fixture_ok(fixture, fab_store_export(fixture->context, store, fixture->folder));
    fab_store_close(store);
    DIR *directory = opendir(fixture->folder);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        size_t size;
        if (!strstr(entry->d_name, ".csv"))
            continue;
        char *bytes = fixture_read(fixture_path(fixture, entry->d_name, path), &size);
        FILE *file = fopen(path, "wb");
        char *header_end = strchr(bytes, '\n');
        fwrite(bytes, 1, (size_t)(header_end - bytes) + 1, file);
        bytes[size - 1] = '\0';
        for (char *line; (line = strrchr(header_end, '\n')) != NULL; *line = '\0')
            fprintf(file, "%s\n", line + 1);
        fclose(file);
        free(bytes);
    }
    closedir(directory);
    store = open_with(fixture, fixture->folder);
    hash(fixture, store, backward);
    assert_string_equal(forward, backward);
    fab_store_close(store);
}

static void every_input_is_in_the_hash(void **state)
{
    static const char *const changes[][2] = {
        {"demand.csv",
         "demand,customer,item,due_date,quantity,price_usd,max_late_days\nD1,BUYER,CHIP,2027-01-04,100.00000000000001,100,0\n"},
        {"source_yield.csv", "source,from_date,line_yield,unit_yield\nCHIP@R,2027-01-04,0.5,0.99\n"},
        {"site.csv", "site,name\nHOME,The  only site\n"},
        {"calendar.csv", "period,start_date,end_date\n2027-W02,2027-01-11,2027-01-19\n"},
        {"item.csv", "item,kind,name,max_stock\nCHIP,chip,The only chip,0\n"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char before[65], after[65];
        fab_store *store = open_with(fixture, mini);
        hash(fixture, store, before);
        write_text(fixture, changes[i][0], changes[i][1]);
        fixture_ok(fixture, import_one(fixture, store, changes[i][0], NULL, NULL));
        hash(fixture, store, after);
        assert_string_not_equal(before, after);
        fab_store_close(store);
    }
}

static void rows_are_added_and_updated(void **state)
{
    struct fixture *fixture = *state;
    fab_table *summary = NULL;
    fab_store *store = open_with(fixture, mini);
    write_text(fixture, "demand.csv",
               "demand,customer,item,due_date,quantity,price_usd,note\n"
               "D3,BUYER,CHIP,2027-01-04,1,1,new\nD1,BUYER,CHIP,2027-01-04,150,100,\nD2,BUYER,CHIP,2027-01-11,100,100,\n");
    fixture_ok(fixture, import_one(fixture, store, "demand.csv", NULL, &summary));
    assert_summary(summary, 0, "demand", 3, 1, 1, 0);
    assert_int_equal(fixture_integer(fixture, store, "SELECT CAST(SUM(quantity) AS INTEGER) FROM demand"), 251);
    /* a column that the file does not have stays as it was */
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM demand WHERE max_late_days = 0"), 2);
    fab_table_free(summary);
    fab_store_close(store);
}

static void replace_deletes_what_the_file_does_not_have(void **state)
{
    struct fixture *fixture = *state;
    const fab_import_options replace = {.replace = true};
    fab_table *summary = NULL;
    fab_store *store = open_with(fixture, mini);
    write_text(fixture, "demand.csv", "demand,customer,item,due_date,quantity,price_usd\nD2,BUYER,CHIP,2027-01-11,100,100\n");
    fixture_ok(fixture, import_one(fixture, store, "demand.csv", &replace, &summary));
    assert_summary(summary, 0, "demand", 1, 0, 1, 1);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM demand WHERE max_late_days IS NULL"), 1);
    fab_table_free(summary);
    fab_store_close(store);
}

static void replace_keeps_rows_that_others_name(void **state)
{
    struct fixture *fixture = *state;
    const fab_import_options replace = {.replace = true};
    char before[65], after[65];
    fab_store *store = open_with(fixture, mini);
    hash(fixture, store, before);
    write_text(fixture, "customer.csv", "customer,name\nOTHER,Another\n");
    assert_int_equal(import_one(fixture, store, "customer.csv", &replace, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 1);
    assert_non_null(
        strstr(fixture->lines[0], "customer.csv:1:1: 'BUYER' is not in the file, must stay while rows of other tables name it"));
    hash(fixture, store, after);
    assert_string_equal(before, after);
    fab_store_close(store);
}

/* Parents and children in one replacement, whatever the order. */
static void a_data_set_replaces_another(void **state)
{
    struct fixture *fixture = *state;
    const fab_import_options replace = {.replace = true};
    char expected[65], actual[65];
    const char *paths[] = {fixture->folder};
    fab_store *store = open_with(fixture, mini);
    hash(fixture, store, expected);
    fixture_ok(fixture, fab_store_export(fixture->context, store, fixture->folder));
    fab_store_close(store);
    write_text(fixture, "bom.csv", "item,component,quantity\n");
    store = open_with(fixture, mini);
    write_text(fixture, "site.csv", "site,name\nHOME,The only site\nNEW,x\n");
    write_text(fixture, "line.csv", "line,site,kind,name\nFAB,NEW,packaging,The only line\n");
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, &replace, NULL));
    paths[0] = mini;
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, &replace, NULL));
    hash(fixture, store, actual);
    assert_string_equal(actual, expected);
    fab_store_close(store);
}

static void a_dry_run_changes_no_byte(void **state)
{
    struct fixture *fixture = *state;
    const fab_import_options dry = {.dry_run = true};
    char path[PATH_SIZE];
    size_t size, size_after;
    fab_store *store = NULL;
    fab_table *summary = NULL;
    const char *paths[] = {terafab};
    fixture_ok(fixture, fab_store_open(fixture->context, fixture_path(fixture, "fab.db", path), FAB_STORE_CREATE, &store));
    char *before = fixture_read(path, &size);
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, &dry, &summary));
    assert_int_equal(fab_table_get(summary, 0, 2)->integer, 4);
    fab_table_free(summary);
    fab_store_close(store);
    char *after = fixture_read(path, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
}

static void a_bad_file_changes_no_byte(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    size_t size, size_after;
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, fixture_path(fixture, "fab.db", path), FAB_STORE_CREATE, &store));
    fixture_import(fixture, store, mini);
    char *before = fixture_read(path, &size);
    write_text(fixture, "demand.csv",
               "demand,customer,item,due_date,quantity,price_usd\nD9,BUYER,CHIP,2027-01-04,5,5\nD8,BUYER,CHIP,2027-01-04,-5,5\n");
    assert_int_equal(import_one(fixture, store, "demand.csv", NULL, NULL), FAB_INPUT);
    fab_store_close(store);
    char *after = fixture_read(path, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
}

static void findings_are_limited_and_counted(void **state)
{
    struct fixture *fixture = *state;
    char text[8000] = "customer,name\n";
    fab_store *store = open_with(fixture, mini);
    for (int i = 0; i < 73; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "C%d,\n", i);
    write_text(fixture, "customer.csv", text);
    assert_int_equal(import_one(fixture, store, "customer.csv", NULL, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 51);
    assert_non_null(strstr(fixture->lines[49], "customer.csv:51:5: name is empty"));
    assert_non_null(strstr(fixture->lines[50], "customer.csv: ... and 23 more findings in this file"));
    assert_message(fixture, "73 findings; nothing was changed");
    fab_store_close(store);
}

/* Both files of an import and rows that were there before. */
static void duplicates_are_found_among_known_rows(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_with(fixture, mini);
    write_text(fixture, "demand.csv",
               "demand,customer,item,due_date,quantity,price_usd\nD1,BUYER,CHIP,2027-01-04,5,5\n\nD1,BUYER,CHIP,2027-01-04,6,5\n");
    assert_int_equal(import_one(fixture, store, "demand.csv", NULL, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 1);
    assert_non_null(strstr(fixture->lines[0], "demand.csv:4:1: demand is 'D1', must be unique (line 2 has it already)"));
    fab_store_close(store);
}

/* A single file is not a whole data set: what it does not bring does not stand against it. */
static void single_files_build_up_a_data_set(void **state)
{
    static const char *const files[] = {"site",       "line",       "calendar", "item",     "route", "tool_group",
                                        "route_step", "cycle_time", "source",   "customer", "demand"};
    struct fixture *fixture = *state;
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s.csv", mini, files[i]);
        fixture_import(fixture, store, path);
    }
    assert_int_equal(fab_context_findings(fixture->context), 0);
    assert_true(fixture->line_count > 0);
    assert_int_equal(fixture->levels[0], FAB_LEVEL_WARNING);
    assert_non_null(strstr(fixture->lines[0], "table calendar: has no rows"));
    fab_store_close(store);
}

static void findings_about_known_rows_name_their_key(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_with(fixture, mini);
    write_text(fixture, "calendar.csv", "period,start_date,end_date\n2027-W01,2027-01-04,2027-01-10\n");
    assert_int_equal(import_one(fixture, store, "calendar.csv", NULL, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 1);
    assert_string_equal(fixture->lines[0],
                        "table calendar 2027-W02: start_date is '2027-01-11', must be 2027-01-10, where period 2027-W01 ends (gap)");
    fab_store_close(store);
}

static void paths_that_cannot_be_imported_are_named(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE], second[PATH_SIZE];
    fab_store *store = open_with(fixture, mini);
    const char *paths[2] = {fixture_path(fixture, "none.csv", path)};
    assert_int_equal(fab_csv_import(fixture->context, store, paths, 1, NULL, NULL), FAB_INPUT);
    assert_message(fixture, "none.csv: No such file");
    assert_int_equal(import_one(fixture, store, "", NULL, NULL), FAB_INPUT);
    assert_message(fixture, "there is no CSV file in this folder");
    write_text(fixture, "demand.xlsx", "x");
    assert_int_equal(import_one(fixture, store, "demand.xlsx", NULL, NULL), FAB_INPUT);
    assert_message(fixture, "not a CSV file");
    write_text(fixture, "site.csv", "site,name\nX,x\n");
    snprintf(second, sizeof second, "%s/site.csv", mini);
    paths[0] = fixture_path(fixture, "site.csv", path);
    paths[1] = second;
    assert_int_equal(fab_csv_import(fixture->context, store, paths, 2, NULL, NULL), FAB_INPUT);
    assert_message(fixture, "table site is given by");
    mkdir(fixture_path(fixture, "line.csv", path), 0777);
    assert_int_equal(import_one(fixture, store, "line.csv", NULL, NULL), FAB_INPUT);
    assert_int_equal(fab_csv_import(fixture->context, store, paths, 0, NULL, NULL), FAB_INPUT);
    fab_store_close(store);
}

static void the_history_is_imported(void **state)
{
    struct fixture *fixture = *state;
    const char *paths[] = {fixture->folder};
    fab_store *store = open_with(fixture, mini);
    write_text(fixture, "lot.csv", "lot,source,customer,start_time,wafers,status\nL1,CHIP@R,BUYER,2027-01-04 06:30:00,25,active\n");
    write_text(fixture, "wafer.csv", "wafer,lot,slot\nL1.01,L1,1\nL1.02,L1,2\n");
    write_text(fixture, "lot_event.csv",
               "lot,seq,time,event,step,wafers_before,wafers_after\nL1,1,2027-01-04T06:30:00,move_out,10,25,25\n");
    write_text(fixture, "bin.csv", "item,bin,name,good\nCHIP,1,good,1\n");
    write_text(fixture, "wafer_test.csv", "wafer,stage,run,time,tested,good\nL1.01,sort,1,2027-01-05T06:30:00,600,512\n");
    write_text(fixture, "wafer_bin.csv", "wafer,stage,run,bin,count\nL1.01,sort,1,1,512\nL1.01,sort,1,2,88\n");
    write_text(fixture, "die_map.csv", "wafer,stage,run,map\nL1.01,sort,1,.11./1111/.11.\n");
    write_text(fixture, "tool_event.csv", "tool,tool_group,time,state\nT1,TESTER,2027-01-05T06:30:00,unscheduled_down\n");
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, NULL, NULL));
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot WHERE start_time = '2027-01-04T06:30:00'"), 1);
    assert_int_equal(fixture_integer(fixture, store, "SELECT SUM(count) FROM wafer_bin"), 600);
    fab_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(importing_twice_changes_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_order_of_rows_means_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(every_input_is_in_the_hash, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(rows_are_added_and_updated, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(replace_deletes_what_the_file_does_not_have, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(replace_keeps_rows_that_others_name, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_data_set_replaces_another, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_dry_run_changes_no_byte, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_bad_file_changes_no_byte, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(findings_are_limited_and_counted, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(duplicates_are_found_among_known_rows, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(single_files_build_up_a_data_set, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(findings_about_known_rows_name_their_key, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(paths_that_cannot_be_imported_are_named, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_history_is_imported, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
