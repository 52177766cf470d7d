/* Drawn fabs: figures of the generator against the yield room, cells, refusals. What a folder holds, and its load: tests/property/sample_fab.py.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "assert_close.h"
#include "date.h"
#include "fab_synth.h"
#include "synth.h"
#include "yield.h"

#include <dirent.h>

static const int32_t learning_start = 20000;

/* The yield in whole numbers is that of yield.md, to a thousandth, over dates, sizes and clusterings. */
static void yields_are_those_of_the_models(void **state)
{
    (void)state;
    for (int alpha = 1; alpha <= 3; alpha++)
        for (int side = 80; side <= 280; side += 50)
            for (int32_t day = learning_start - 100; day < learning_start + 1500; day += 37) {
                struct synth_process process = {.alpha = alpha, .d0_start = 300, .d0_mature = 80, .learning_start = learning_start, .halflife = 210, .systematic = 960, .line_start = 870, .line_mature = 965};
                struct synth synth = {.process = &process, .processes = 1};
                const struct synth_item item = {.process = 0, .width = side, .height = side};
                const fab_defects defects = {.model = FAB_YIELD_NEGATIVE_BINOMIAL, .alpha = alpha};
                const double area = side * side / 1e4, since = day - learning_start;
                double d0 = fab_yield_learned(0.3, 0.08, since, 210), line = fab_yield_learned(0.87, 0.965, since, 210);
                assert_close((double)synth_yield(&synth, &item, day) / SYNTH_PPM, 0.96 * line * fab_yield_die(&defects, area, d0), 1e-3, 0);
            }
}

static void packaged_units_have_a_yield_of_their_own(void **state)
{
    (void)state;
    struct synth synth = {0};
    const struct synth_item item = {.process = SYNTH_NONE, .unit_yield = 987};
    assert_int_equal(synth_yield(&synth, &item, 0), 987000);
}

/* ---- cells ---- */

static void cells_are_plain_decimals(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        int64_t number;
        int digits;
        const char *text;
    } cells[] = {{0, 2, "0"}, {5, 0, "5"}, {-5, 0, "-5"}, {5, 3, "0.005"}, {-5, 3, "-0.005"}, {1500, 2, "15"}, {1234567, 4, "123.4567"}, {1000, 3, "1"}, {1050, 3, "1.05"}, {INT64_MAX, 0, "9223372036854775807"}, {INT64_MAX, 9, "9223372036.854775807"}};
    char folder[FIXTURE_PATH_SIZE * 2], text[1024], expected[1024] = "item,on_hand\n";
    fab_table_file file;
    fixture_ok(fixture, fab_table_file_open_columns(fixture->context, &file, fixture_path(fixture, ".", folder), "stock", "item,on_hand"));
    file.basis = "why";
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        fab_table_file_decimal(&file, cells[c].number, cells[c].digits);
        fab_table_file_day(&file, 20000);
        fab_table_file_end_row(&file);
        snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s,2024-10-04,why\n", cells[c].text);
    }
    assert_int_equal(file.rows, sizeof cells / sizeof *cells);
    fixture_ok(fixture, fab_table_file_close(fixture->context, &file));
    FILE *read = fopen(file.path, "r");
    assert_non_null(read);
    text[fread(text, 1, sizeof text - 1, read)] = '\0';
    fclose(read);
    fab_table_file_free(&file);
    assert_string_equal(strstr(text, "\n") + 1, strstr(expected, "\n") + 1);
    assert_true(strncmp(text, "item,on_hand,basis\n", strlen("item,on_hand,basis\n")) == 0);
}

/* ---- requests ---- */

static int files_in(const char *path)
{
    int count = -2; /* . and .. */
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static void bad_requests_are_refused_and_leave_nothing(void **state)
{
    struct fixture *fixture = *state;
    char place[FIXTURE_PATH_SIZE * 2], folder[FIXTURE_PATH_SIZE * 2];
    static const struct {
        struct fab_synth_request request;
        const char *text;
    } bad[] = {
        {{2, 12, 40, 0.95, 1, NULL}, "2 products: the number must be 3 to 2000"},    {{2001, 12, 40, 0.95, 1, NULL}, "2001 products"},
        {{10, 3, 40, 0.95, 1, NULL}, "3 periods: the number must be 4 to 520"},      {{10, 521, 40, 0.95, 1, NULL}, "521 periods"},
        {{10, 12, 11, 0.95, 1, NULL}, "11 tool groups: the number must be 12 to"},   {{10, 12, 5001, 0.95, 1, NULL}, "5001 tool groups"},
        {{10, 12, 40, 0.009, 1, NULL}, "the load is 0.009, must be 0.01 to 10"},     {{10, 12, 40, 10.1, 1, NULL}, "the load is 10.1"},
        {{10, 12, 40, NAN, 1, NULL}, "the load is nan"},
    };
    fixture_path(fixture, ".", place);
    fixture_path(fixture, "fab", folder);
    int before = files_in(place);
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        struct fab_synth_request request = bad[b].request;
        struct fab_synth_counts counts;
        request.folder = folder;
        assert_int_equal(fab_synth_write(fixture->context, &request, &counts), FAB_USAGE);
        assert_non_null(strstr(fab_context_message(fixture->context), bad[b].text));
        assert_int_equal(files_in(place), before);
    }
}

/* One that was told to stop, and one whose folder is somebody else's. */
static void a_fab_is_whole_or_not_there(void **state)
{
    struct fixture *fixture = *state;
    char place[FIXTURE_PATH_SIZE * 2], folder[FIXTURE_PATH_SIZE * 2];
    struct fab_synth_counts counts;
    struct fab_synth_request request = {5, 6, 20, 1, 7, fixture_path(fixture, "fab", folder)};
    int before = files_in(fixture_path(fixture, ".", place));
    fab_context_interrupt(fixture->context);
    assert_int_equal(fab_synth_write(fixture->context, &request, &counts), FAB_INTERRUPTED);
    assert_int_equal(files_in(place), before);
    fab_context_reset(fixture->context);
    fixture_ok(fixture, fab_synth_write(fixture->context, &request, &counts));
    assert_int_equal(files_in(place), before + 1);
    assert_int_equal(files_in(folder), counts.tables);
    assert_int_equal(fab_synth_write(fixture->context, &request, &counts), FAB_USAGE);
    assert_non_null(strstr(fab_context_message(fixture->context), "fab"));
    assert_int_equal(files_in(place), before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yields_are_those_of_the_models),
        cmocka_unit_test(packaged_units_have_a_yield_of_their_own),
        cmocka_unit_test_setup_teardown(cells_are_plain_decimals, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(bad_requests_are_refused_and_leave_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_fab_is_whole_or_not_there, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
