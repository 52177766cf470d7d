/* The files of a simulated history: the same for a seed, whole or not at all, refused options.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "history_fixture.h"

#include "sha256.h"

#include <signal.h>
#include <sys/resource.h>

static const char *const files[] = {"bin", "die_map", "lot", "lot_event", "tool_event", "wafer", "wafer_bin", "wafer_test"};

/* SHA-256 of all tables of a history. */
static void hash_files(struct fixture *fixture, const char *folder, char hex[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = fab_sha256_new();
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        char path[PATH_SIZE], name[128];
        size_t size;
        snprintf(name, sizeof name, "%s/%s.csv", folder, files[f]);
        char *bytes = fixture_read(fixture_path(fixture, name, path), &size);
        assert_true(fab_sha256_add(sha256, bytes, size));
        free(bytes);
    }
    assert_true(fab_sha256_finish(sha256, hex));
    fab_sha256_free(sha256);
}

static int count_entries(const char *folder)
{
    DIR *directory = opendir(folder);
    int count = 0;
    while (directory && readdir(directory) != NULL)
        count++;
    if (directory)
        closedir(directory);
    return count - 2; /* . and .. */
}

static const struct fab_history_options little = {.months = 3, .seed = 1, .wafers_per_month = 300};

/* The hash is that of every machine: it changes only when the simulation is changed on purpose. */
static void a_seed_gives_the_same_files_everywhere(void **state)
{
    struct fixture *fixture = *state;
    char one[FAB_SHA256_HEX_SIZE], same[FAB_SHA256_HEX_SIZE], other[FAB_SHA256_HEX_SIZE];
    fab_store *store = open_small_fab(fixture);
    struct fab_history_options options = little;
    fixture_ok(fixture, simulate_into(fixture, store, &options, "one", NULL));
    fixture_ok(fixture, simulate_into(fixture, store, &options, "same", NULL));
    options.seed = 2;
    fixture_ok(fixture, simulate_into(fixture, store, &options, "other", NULL));
    hash_files(fixture, "one", one);
    hash_files(fixture, "same", same);
    hash_files(fixture, "other", other);
    assert_string_equal(one, same);
    assert_string_not_equal(one, other);
    assert_string_equal(one, "d6d48b2bb39e09a7a21bbfc4e9abe17d19d8d00b59a9a617fc661144c23ea5b2");
    fab_store_close(store);
}

static void the_summary_counts_the_rows(void **state)
{
    struct fixture *fixture = *state;
    struct fab_history_summary summary;
    fab_store *store = open_small_fab(fixture);
    fixture_ok(fixture, simulate_into(fixture, store, &little, "one", &summary));
    add_history(fixture, store, &little, "two");
    assert_int_equal(summary.lots, fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot"));
    assert_int_equal(summary.wafers, fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer"));
    assert_int_equal(summary.lot_events, fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot_event"));
    assert_int_equal(summary.wafer_tests, fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test"));
    assert_int_equal(summary.wafer_bins, fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_bin"));
    assert_int_equal(summary.die_maps, fixture_integer(fixture, store, "SELECT COUNT(*) FROM die_map"));
    assert_int_equal(summary.tool_events, fixture_integer(fixture, store, "SELECT COUNT(*) FROM tool_event"));
    assert_int_equal(summary.bins, fixture_integer(fixture, store, "SELECT COUNT(*) FROM bin"));
    assert_int_equal(summary.started_wafers - summary.scrapped_wafers, summary.wafers);
    assert_int_equal(summary.started_wafers,
                     fixture_integer(fixture, store, "SELECT CAST(SUM(wafers_after) AS INTEGER) FROM lot_event WHERE event = 'start'"));
    assert_close(summary.wafers_per_month, 300, 0, 0);
    assert_int_equal(summary.end - summary.begin, 92); /* October to December */
    /* 300 a month over the window and the cycle time before it */
    assert_close((double)summary.started_wafers, 300 * (92 + SMALL_CYCLE_DAYS) / 30.4375, 0.1, 0);
    fab_store_close(store);
}

/* By hand: a wafer takes 13 minutes of LITHO, 11 of ETCH and 1 of T,EST; all seven sources share the route. */
static void default_starts_fill_the_scarcest_tools(void **state)
{
    struct fixture *fixture = *state;
    struct fab_history_summary summary;
    fab_store *store = open_small_fab(fixture);
    fixture_ok(fixture, simulate_into(fixture, store, &(struct fab_history_options){.months = 1}, "one", &summary));
    double litho = 30 * 24 * 0.9 * 0.8 * 60 / 13, etch = 30 * 24 * 0.75 * 0.9 * 60 / 11, test = 2 * 24 * 0.97 * 0.5 * 60 / 1;
    assert_close(summary.wafers_per_month, 0.85 * 365.25 / 12 * fmin(fmin(litho, etch), test), 1e-9, 0);
    fab_store_close(store);
}

static void a_folder_with_something_in_it_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = open_small_fab(fixture);
    mkdir(fixture_path(fixture, "empty", path), 0777);
    fixture_ok(fixture, simulate_into(fixture, store, &little, "empty", NULL));
    int before = count_entries(fixture->folder);
    assert_int_equal(simulate_into(fixture, store, &little, "empty", NULL), FAB_USAGE);
    assert_message(fixture, "exists and is not an empty folder");
    fixture_write(fixture, "file", "x", 1);
    assert_int_equal(simulate_into(fixture, store, &little, "file", NULL), FAB_USAGE);
    assert_int_equal(simulate_into(fixture, store, &little, "no/such/folder", NULL), FAB_OUTPUT);
    assert_int_equal(count_entries(fixture->folder), before + 1); /* the file */
    fab_store_close(store);
}

static void a_full_disk_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_small_fab(fixture);
    struct rlimit old, small;
    int before = count_entries(fixture->folder);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    static const rlim_t sizes[] = {0, 5000, 300000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        small = (struct rlimit){sizes[i], old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        fab_status status = simulate_into(fixture, store, &little, "out", NULL);
        setrlimit(RLIMIT_FSIZE, &old);
        assert_int_equal(status, FAB_OUTPUT);
        assert_message(fixture, "could not be written");
        assert_int_equal(count_entries(fixture->folder), before);
    }
    signal(SIGXFSZ, SIG_DFL);
    fab_store_close(store);
}

static void an_interrupt_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = NULL;
    char path[PATH_SIZE];
    fab_store *store = open_small_fab(fixture);
    fixture_ok(fixture, fab_store_load_model(fixture->context, store, &model));
    int before = count_entries(fixture->folder);
    fab_context_interrupt(fixture->context);
    assert_int_equal(fab_history_simulate(fixture->context, model, &little, fixture_path(fixture, "out", path), NULL), FAB_INTERRUPTED);
    assert_int_equal(count_entries(fixture->folder), before);
    fab_model_free(model);
    fab_store_close(store);
}

static void bad_options_are_refused(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_small_fab(fixture);
    static const struct {
        struct fab_history_options options;
        const char *message;
    } cases[] = {
        {{.months = -1}, "months is -1, must be 1 to 240"},
        {{.months = 241}, "months is 241"},
        {{.wafers_per_month = -5}, "wafers per month is -5"},
        {{.wafers_per_month = INFINITY}, "wafers per month is inf"},
        {{.alpha = -1}, "alpha is -1"},
        {{.alpha = NAN}, "alpha is nan"},
        {{.lot_share = 1}, "lot_share is 1, must be below 1"},
        {{.hot_share = NAN}, "hot_share is nan"},
        {{.end_date = 3}, "the years 2000 to 2199"},
        {{.end_date = 1000000}, "the years 2000 to 2199"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(simulate_into(fixture, store, &cases[i].options, "out", NULL), FAB_USAGE);
        assert_message(fixture, cases[i].message);
    }
    fab_store_close(store);
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini");
    assert_int_equal(simulate_into(fixture, store, &little, "out", NULL), FAB_INPUT);
    assert_message(fixture, "there is nothing to simulate");
    fab_store_close(store);
}

/* Everything at once and nothing at all. */
static void extreme_options_work(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_small_fab(fixture);
    static const struct fab_history_options cases[] = {
        {.months = 1,
         .wafers_per_month = 200,
         .lot_share = -1,
         .cycle_spread = -1,
         .hot_share = -1,
         .hold_share = -1,
         .split_share = -1,
         .rework_share = -1,
         .retest_share = -1,
         .final_share = -1,
         .map_share = -1,
         .excursion_factor = -1},
        {.months = 1,
         .wafers_per_month = 200,
         .alpha = 0.01,
         .lot_share = 0.99,
         .cycle_spread = 0.9,
         .hot_share = 0.9,
         .hold_share = 0.99,
         .split_share = 50,
         .rework_share = 0.9,
         .retest_share = 1,
         .final_share = 1,
         .map_share = 1,
         .excursion_factor = 900},
        {.months = 1, .wafers_per_month = 0.01},
        {.months = 240, .wafers_per_month = 20, .end_date = 84000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[32];
        struct fab_history_summary summary;
        snprintf(name, sizeof name, "out%zu", i);
        fixture_ok(fixture, simulate_into(fixture, store, &cases[i], name, &summary));
        assert_int_equal(summary.wafers, summary.started_wafers - summary.scrapped_wafers);
    }
    fab_store_close(store);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_seed_gives_the_same_files_everywhere),
        CASE(the_summary_counts_the_rows),
        CASE(default_starts_fill_the_scarcest_tools),
        CASE(a_folder_with_something_in_it_is_refused),
        CASE(a_full_disk_leaves_nothing_behind),
        CASE(an_interrupt_leaves_nothing_behind),
        CASE(bad_options_are_refused),
        CASE(extreme_options_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
