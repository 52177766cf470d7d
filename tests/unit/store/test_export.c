/* import(export(x)) = x.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "dictionary.h"

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

static fab_table *select_all(struct fixture *fixture, fab_store *store, const char *table)
{
    char sql[128];
    fab_table *rows = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2, 3", table);
    fixture_ok(fixture, fab_store_select_text(fixture->context, store, sql, "test", NULL, 0, &rows));
    return rows;
}

static void assert_same_value(const fab_value *a, const fab_value *b)
{
    assert_int_equal(a->type, b->type);
    if (a->type == FAB_TEXT)
        assert_string_equal(a->text, b->text);
    else if (a->type != FAB_NULL)
        assert_int_equal(a->integer, b->integer); /* the same bits, of a number too */
}

/* Every cell of every table, basis and note included. */
static void assert_same_contents(struct fixture *fixture, fab_store *one, fab_store *other)
{
    for (int t = 0; t < fab_dictionary_count; t++) {
        fab_table *a = select_all(fixture, one, fab_dictionary[t].name);
        fab_table *b = select_all(fixture, other, fab_dictionary[t].name);
        assert_int_equal(fab_table_rows(a), fab_table_rows(b));
        for (int r = 0; r < fab_table_rows(a); r++)
            for (int c = 0; c < fab_table_columns(a); c++)
                assert_same_value(fab_table_get(a, r, c), fab_table_get(b, r, c));
        fab_table_free(a);
        fab_table_free(b);
    }
}

static void the_sample_fab_comes_back(void **state)
{
    struct fixture *fixture = *state;
    char before[65], after[65];
    fab_store *one = open_with(fixture, terafab);
    fixture_ok(fixture, fab_store_export(fixture->context, one, fixture->folder));
    fab_store *other = open_with(fixture, fixture->folder);
    assert_same_contents(fixture, one, other);
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, one, before));
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, other, after));
    assert_string_equal(before, after);
    assert_int_equal(strlen(before), 64);
    fab_store_close(one);
    fab_store_close(other);
}

static void odd_texts_and_numbers_come_back(void **state)
{
    struct fixture *fixture = *state;
    char folder[PATH_SIZE];
    static const char customers[] = "customer,name,weight,basis,note\n"
                                    "BUYER,x,0.1,,\n"
                                    "\"=A1+B1\",\"=HYPERLINK(\"\"http://x\"\")\",0.30000000000000004,\"-1\",@me\n"
                                    "\"a,b\",\"two\nlines\r\nand \"\"quotes\"\"\",1e-7,\"+1\",\" blanks \"\n"
                                    "c,\"\xF0\x9F\x9A\x80 \xC3\xA9\xCC\x81\",123456789.123456789,\"\tt\",\"'; DROP TABLE customer\"\n"
                                    "d,\"lone\rCR\",4.9e-324,,\"\"\"\"\n"
                                    "'=e,'=1,1,''=2,\"'\"\n"
                                    "''f,\"\t=\",2,'\t,''\n"
                                    "'+g,\"\rCR\",3,\"'\rx\",'-1\n";
    fab_store *one = open_with(fixture, mini);
    fixture_write(fixture, "customer.csv", customers, strlen(customers));
    fixture_import(fixture, one, fixture_path(fixture, "customer.csv", folder));
    assert_int_equal(fixture_integer(fixture, one, "SELECT COUNT(*) FROM customer"), 8);
    assert_int_equal(fixture_integer(fixture, one, "SELECT COUNT(*) FROM customer WHERE customer IN ('=e', '''f', '+g')"), 3); /* one mark is taken away */
    assert_int_equal(fixture_integer(fixture, one, "SELECT COUNT(*) FROM customer WHERE name = '=1' AND basis = '''=2' AND note = ''''"), 1);
    assert_int_equal(fixture_integer(fixture, one, "SELECT COUNT(*) FROM customer WHERE basis = char(13) || 'x' AND note = '-1'"), 1);
    fixture_ok(fixture, fab_store_export(fixture->context, one, fixture_path(fixture, "out", folder)));
    fab_store *other = open_with(fixture, folder);
    assert_same_contents(fixture, one, other);
    fab_store_close(one);
    fab_store_close(other);
}

static void files_are_plain(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    size_t size;
    fab_store *store = open_with(fixture, mini);
    fixture_ok(fixture, fab_store_export(fixture->context, store, fixture->folder));
    char *demand = fixture_read(fixture_path(fixture, "demand.csv", path), &size);
    assert_string_equal(demand, "demand,customer,item,due_date,quantity,price_usd,max_late_days\n"
                                "D1,BUYER,CHIP,2027-01-04,100,100,0\nD2,BUYER,CHIP,2027-01-11,100,100,0\n");
    free(demand);
    assert_int_equal(access(fixture_path(fixture, "stock.csv", path), F_OK), -1);
    fab_store_close(store);
}

/* What an earlier export left must not come back with the next import. */
static void a_table_that_became_empty_leaves_no_rows_behind(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    size_t size;
    fab_store *store = open_with(fixture, mini);
    fixture_write(fixture, "stock.csv", "item,on_hand\nCHIP,5\n", 20);
    fixture_ok(fixture, fab_store_export(fixture->context, store, fixture->folder));
    char *stock = fixture_read(fixture_path(fixture, "stock.csv", path), &size);
    assert_string_equal(stock, "item,on_hand\n");
    free(stock);
    fab_store_close(store);
}

static void what_cannot_be_written_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = open_with(fixture, mini);
    assert_int_equal(fab_store_export(fixture->context, store, fixture_path(fixture, "no/such/folder", path)), FAB_OUTPUT);
    fixture_write(fixture, "file", "x", 1);
    assert_int_equal(fab_store_export(fixture->context, store, fixture_path(fixture, "file", path)), FAB_OUTPUT);
    assert_int_equal(fab_store_export(fixture->context, store, "/dev/full"), FAB_OUTPUT);
    fab_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_sample_fab_comes_back, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(odd_texts_and_numbers_come_back, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(files_are_plain, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_table_that_became_empty_leaves_no_rows_behind, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_is_an_error, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
