/* What a simulated history shows is the truth that it was made from, within the errors of its size.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "history_fixture.h"

#include "yield.h"

enum { LINE_SIZE = 512 };

/* One year without an excursion, for all tests that only look. */
struct shared {
    struct fixture *fixture;
    fab_store *store;
};

/* Wafers of a source as last tested at sort, the day of process-out; lots one after the other. */
static fab_table *select_wafers(struct fixture *fixture, fab_store *store, const char *source)
{
    char sql[1024];
    snprintf(
        sql, sizeof sql,
        "SELECT wafer.lot, tested, good, julianday(date(e.time)) AS day FROM wafer_test t JOIN wafer USING (wafer) JOIN lot USING (lot) "
        "JOIN lot_event e ON e.lot = lot.lot AND e.event = 'move_out' AND e.step = 50 "
        "WHERE source = '%s' AND stage = 'sort' AND run = (SELECT MAX(run) FROM wafer_test o WHERE o.wafer = t.wafer AND o.stage = 'sort') "
        "AND e.seq = (SELECT MAX(seq) FROM lot_event o WHERE o.lot = e.lot AND o.event = 'move_out') ORDER BY wafer.lot",
        source);
    return select_rows(fixture, store, sql);
}

static bool same_lot(const fab_table *wafers, int a, int b)
{
    return strcmp(fab_table_get(wafers, a, 0)->text, fab_table_get(wafers, b, 0)->text) == 0;
}

/* What is expected of a wafer: its yield, that of two of its die, and of a die of each of two wafers of a lot. */
struct moments {
    double yield, pair, across;
};

/* Moments of (1 + l / alpha)^-alpha with the share s of alpha common to the lot. */
static struct moments gamma_moments(double systematic, double l, double alpha, double s)
{
    double u = l / alpha, square = systematic * systematic;
    return (struct moments){systematic * pow(1 + u, -alpha), square * pow(1 + 2 * u, -alpha),
                            square * pow(1 + 2 * u, -s * alpha) * pow(1 + u, -2 * (1 - s) * alpha)};
}

/* Compares a source with the moments, each lot being one observation. */
static void assert_moments(struct fixture *fixture, fab_store *store, const char *source, struct moments expected)
{
    fab_table *wafers = select_wafers(fixture, store, source);
    struct sample yield = {0}, pair = {0}, across = {0};
    int rows = fab_table_rows(wafers);
    for (int first = 0, end; first < rows; first = end) {
        double sum = 0, squares = 0, pairs = 0;
        for (end = first; end < rows && same_lot(wafers, first, end); end++) {
            double tested = number_at(wafers, end, 1), good = number_at(wafers, end, 2), y = good / tested;
            assert_close(tested, 616, 0, 0);
            sum += y;
            squares += y * y;
            pairs += good * (good - 1) / (tested * (tested - 1));
        }
        int n = end - first;
        sample_add(&yield, sum / n - expected.yield);
        sample_add(&pair, pairs / n - expected.pair);
        if (n > 1)
            sample_add(&across, (sum * sum - squares) / (n * (n - 1.0)) - expected.across);
    }
    assert_sample("yield", &yield, 0);
    assert_sample("two die of a wafer", &pair, 0);
    assert_sample("two wafers of a lot", &across, 0);
    fab_table_free(wafers);
}

static const struct fab_history_options plain = {
    .months = 12, .seed = 21, .wafers_per_month = 1500, .excursion_factor = -1, .map_share = -1, .final_share = -1};

static int make_history(void **state)
{
    struct shared *shared = calloc(1, sizeof *shared);
    fixture_setup((void **)&shared->fixture);
    shared->store = open_small_fab(shared->fixture);
    add_history(shared->fixture, shared->store, &plain, "history");
    *state = shared;
    return 0;
}

static int free_history(void **state)
{
    struct shared *shared = *state;
    fab_store_close(shared->store);
    fixture_teardown((void **)&shared->fixture);
    free(shared);
    return 0;
}

static void yields_have_mean_and_clustering_of_the_process(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *store = ((struct shared *)*state)->store;
    assert_moments(fixture, store, "s_nb", gamma_moments(0.95, 0.5, 2, 0.3));
    assert_moments(fixture, store, "s_seeds", gamma_moments(1, 0.5, 1, 0.3));
    assert_moments(fixture, store, "s_layers", gamma_moments(1, 0.5, 10, 0.3));
    double poisson = 0.95 * exp(-0.5);
    assert_moments(fixture, store, "s_poisson", (struct moments){poisson, poisson * poisson, poisson * poisson});
    /* the triangle is the sum of two uniforms, one of the lot: E exp(-2 l U) = (1 - exp(-2 l)) / (2 l) and so on */
    double one = -expm1(-0.5) / 0.5, two = -expm1(-1.0) / 1.0;
    assert_close(one * one, fab_yield_die(&(fab_defects){.model = FAB_YIELD_MURPHY}, 1, 0.5), 1e-12, 0);
    assert_moments(fixture, store, "s_murphy", (struct moments){one * one, two * two, two * one * one});
    fab_table *repaired = select_wafers(fixture, store, "s_repaired");
    struct sample lots = {0};
    for (int first = 0, end; first < fab_table_rows(repaired); first = end) {
        double sum = 0;
        for (end = first; end < fab_table_rows(repaired) && same_lot(repaired, first, end); end++)
            sum += number_at(repaired, end, 2) / number_at(repaired, end, 1);
        sample_add(&lots, sum / (end - first));
    }
    assert_sample("repaired", &lots, 0.95 * fab_yield_die(&(fab_defects){.model = FAB_YIELD_NEGATIVE_BINOMIAL, .alpha = 2, .repairable = 2}, 1, 0.5));
    fab_table_free(repaired);
}

/* D0 falls by process-out date; the process, which learns only from 2030, begins with the history. */
static void learning_follows_the_day_of_process_out(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *store = ((struct shared *)*state)->store;
    fab_table *wafers = select_wafers(fixture, store, "s_learn");
    struct sample early = {0}, late = {0};
    double begin = 2461044.5; /* Julian day of 2026-01-04 */
    for (int first = 0, end; first < fab_table_rows(wafers); first = end) {
        double days = fmax(number_at(wafers, first, 3) - begin, 0), d0 = 0.2 + 0.8 * pow(2, -days / 90), sum = 0;
        for (end = first; end < fab_table_rows(wafers) && same_lot(wafers, first, end); end++)
            sum += number_at(wafers, end, 2) / number_at(wafers, end, 1);
        sample_add(days < 120 ? &early : &late, sum / (end - first) - gamma_moments(0.95, d0, 3, 0.3).yield);
    }
    assert_sample("learning, early", &early, 0);
    assert_sample("learning, late", &late, 0);
    fab_table_free(wafers);
}

/* Without clustering every wafer is binomial: chi-square / wafers is 1. */
static void without_clustering_wafers_are_binomial(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *store = open_small_fab(fixture);
    struct fab_history_options options = plain;
    options.alpha = INFINITY;
    options.months = 3;
    add_history(fixture, store, &options, "binomial");
    fab_table *wafers = select_wafers(fixture, store, "s_nb");
    double p = 0.95 * exp(-0.5), square = 0;
    int rows = fab_table_rows(wafers);
    for (int r = 0; r < rows; r++) {
        double tested = number_at(wafers, r, 1), off = number_at(wafers, r, 2) - tested * p;
        square += off * off / (tested * p * (1 - p));
    }
    assert_close(square / rows, 1, 0, 4.5 * sqrt(2.0 / rows));
    fab_table_free(wafers);
    fab_store_close(store);
}

/* Lots that had time enough to come out: no slow one is missing. */
#define FINISHED "start_time < '2026-11-15'"

static void cycle_times_and_line_yield_are_those_of_the_plan(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *store = ((struct shared *)*state)->store;
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot WHERE status IN ('active', 'held') AND " FINISHED), 0);
    fab_table *lots = select_rows(fixture, store,
                                  "SELECT julianday(time) - julianday(start_time) AS days, priority FROM lot JOIN lot_event USING (lot) "
                                  "WHERE event = 'ship' AND parent_lot IS NULL AND " FINISHED);
    struct sample days = {0}, logs = {0}, squares = {0}, hot = {0};
    for (int r = 0; r < fab_table_rows(lots); r++) {
        sample_add(&days, number_at(lots, r, 0));
        sample_add(&hot, number_at(lots, r, 1) > 10);
        if (number_at(lots, r, 1) <= 10)
            sample_add(&logs, log(number_at(lots, r, 0)));
    }
    double mean = logs.sum / logs.count;
    for (int r = 0; r < fab_table_rows(lots); r++)
        if (number_at(lots, r, 1) <= 10)
            sample_add(&squares, (log(number_at(lots, r, 0)) - mean) * (log(number_at(lots, r, 0)) - mean));
    assert_sample("cycle time", &days, SMALL_CYCLE_DAYS);
    assert_sample("spread of the logs", &squares, 0.15 * 0.15);
    assert_sample("hot lots", &hot, 0.04);
    fab_table_free(lots);
    fab_table *families = select_rows(
        fixture, store,
        "SELECT SUM(CASE e.event WHEN 'scrap' THEN wafers_before - wafers_after ELSE 0 END) * 1.0 FROM lot JOIN lot_event e USING (lot) "
        "WHERE source IN ('s_nb', 's_learn', 's_repaired') AND " FINISHED " GROUP BY substr(lot, 1, 9)");
    struct sample scrap = {0};
    for (int r = 0; r < fab_table_rows(families); r++)
        sample_add(&scrap, number_at(families, r, 0) / SMALL_LOT_SIZE);
    assert_sample("scrap", &scrap, 0.1);
    assert_int_equal(fixture_integer(fixture, store,
                                     "SELECT COUNT(*) FROM lot_event JOIN lot USING (lot) WHERE event = 'scrap' AND source = 's_murphy'"),
                     0);
    fab_table_free(families);
}

static void tools_have_their_availability(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *store = ((struct shared *)*state)->store;
    static const struct {
        const char *group;
        double availability;
    } cases[] = {{"LITHO", 0.9}, {"ETCH", 0.75}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sql[LINE_SIZE];
        struct sample tools = {0};
        snprintf(sql, sizeof sql,
                 "SELECT TOTAL(days) FILTER (WHERE state IN ('productive', 'standby', 'engineering')) / TOTAL(days) FILTER (WHERE state <> "
                 "'nonscheduled') AS a, TOTAL(days) "
                 "FROM (SELECT *, julianday(LEAD(time, 1, '2027-01-04') OVER (PARTITION BY tool ORDER BY time)) - julianday(time) AS days "
                 "FROM tool_event) "
                 "WHERE tool_group = '%s' GROUP BY tool",
                 cases[i].group);
        fab_table *rows = select_rows(fixture, store, sql);
        assert_int_equal(fab_table_rows(rows), 30);
        for (int r = 0; r < fab_table_rows(rows); r++) {
            sample_add(&tools, number_at(rows, r, 0));
            assert_close(number_at(rows, r, 1), 365, 0, 1e-5);
        }
        assert_sample(cases[i].group, &tools, cases[i].availability);
        fab_table_free(rows);
    }
}

/* Value of a line "WHAT NAME KEY VALUE" of truth.txt; name NULL: any. False when there is none. */
static bool find_truth(const char *truth, const char *what, const char *name, const char *key, char value[LINE_SIZE])
{
    char copy[LINE_SIZE], *fields[4];
    for (const char *line = truth; *line; line += strcspn(line, "\n") + 1) {
        snprintf(copy, sizeof copy, "%.*s", (int)strcspn(line, "\n"), line);
        fields[0] = copy;
        for (int f = 1; f < 4; f++) {
            fields[f] = strchr(fields[f - 1], '\t');
            assert_non_null(fields[f]);
            *fields[f]++ = '\0';
        }
        if (strcmp(fields[0], what) == 0 && (!name || strcmp(fields[1], name) == 0) && strcmp(fields[2], key) == 0) {
            snprintf(value, LINE_SIZE, "%s", fields[3]);
            return true;
        }
    }
    return false;
}

/* Lots of truth.txt have far more defects, all others none too many. */
static void the_excursion_is_where_the_truth_says(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *store = open_small_fab(fixture);
    struct fab_history_options options = plain;
    char path[PATH_SIZE], value[LINE_SIZE];
    size_t size;
    options.excursion_factor = 5;
    options.months = 6;
    add_history(fixture, store, &options, "excursion");
    char *truth = fixture_read(fixture_path(fixture, "excursion/truth.txt", path), &size);
    assert_true(find_truth(truth, "excursion", NULL, "lots", value));
    assert_in_range(atoi(value), 5, 200);
    assert_true(find_truth(truth, "history", "all", "seed", value));
    assert_string_equal(value, "21");
    assert_true(find_truth(truth, "source", "s_nb", "alpha", value));
    assert_string_equal(value, "2");
    assert_true(find_truth(truth, "source", "s_learn", "learning_start", value));
    assert_string_equal(value, "2026-07-04");
    assert_true(find_truth(truth, "tool_group", "ETCH", "availability", value));
    assert_string_equal(value, "0.75");
    static const char *const sources[] = {"s_nb", "s_layers", "s_seeds"};
    static const double alphas[] = {2, 10, 1}, systematic[] = {0.95, 1, 1};
    struct sample bad = {0}, others = {0};
    for (size_t s = 0; s < sizeof sources / sizeof *sources; s++) {
        fab_table *wafers = select_wafers(fixture, store, sources[s]);
        struct moments expected = gamma_moments(systematic[s], 0.5, alphas[s], 0.3),
                       worse = gamma_moments(systematic[s], 2.5, alphas[s], 0.3);
        for (int first = 0, end; first < fab_table_rows(wafers); first = end) {
            double sum = 0;
            for (end = first; end < fab_table_rows(wafers) && same_lot(wafers, first, end); end++)
                sum += number_at(wafers, end, 2) / number_at(wafers, end, 1);
            bool listed = find_truth(truth, "excursion lot", fab_table_get(wafers, first, 0)->text, "wafers", value);
            if (listed && atoi(value) == end - first)
                sample_add(&bad, sum / (end - first) - worse.yield);
            else if (!listed)
                sample_add(&others, sum / (end - first) - expected.yield);
        }
        fab_table_free(wafers);
    }
    assert_sample("lots of the excursion", &bad, 0);
    assert_sample("other lots", &others, 0);
    free(truth);
    fab_store_close(store);
}

/* The same seed goes on: what a longer history says of a lot is what the shorter one should have foreseen. */
static void lots_in_the_line_have_the_right_progress(void **state)
{
    struct fixture *fixture = ((struct shared *)*state)->fixture;
    fab_store *now = open_small_fab(fixture), *later = open_small_fab(fixture);
    struct fab_history_options options = plain;
    options.split_share = -1;
    options.wafers_per_month = 1400;
    options.months = 2;
    add_history(fixture, now, &options, "now");
    options.months = 4;
    options.end_date = 20881; /* 2027-03-04, two months on */
    add_history(fixture, later, &options, "later");
    fab_table *lots = select_rows(fixture, now, "SELECT lot, start_time, progress FROM lot WHERE progress IS NOT NULL ORDER BY lot");
    fab_table *ships = select_rows(
        fixture, later,
        "SELECT lot, (julianday('2027-01-04') - julianday(start_time)) / (julianday(time) - julianday(start_time)) AS f, start_time "
        "FROM lot JOIN lot_event USING (lot) WHERE event = 'ship' AND parent_lot IS NULL ORDER BY lot");
    int found = 0;
    for (int l = 0, s = 0; l < fab_table_rows(lots); l++) {
        while (s < fab_table_rows(ships) && strcmp(fab_table_get(ships, s, 0)->text, fab_table_get(lots, l, 0)->text) < 0)
            s++;
        if (s == fab_table_rows(ships) || strcmp(fab_table_get(ships, s, 0)->text, fab_table_get(lots, l, 0)->text) != 0)
            continue; /* scrapped later */
        assert_string_equal(fab_table_get(ships, s, 2)->text, fab_table_get(lots, l, 1)->text);
        assert_close(number_at(lots, l, 2), number_at(ships, s, 1), 0, 1.1e-4);
        found++;
    }
    assert_true(found > 80);
    fab_table_free(lots);
    fab_table_free(ships);
    fab_store_close(now);
    fab_store_close(later);
}

int main(void)
{
#define CASE(name) cmocka_unit_test(name)
    const struct CMUnitTest tests[] = {
        CASE(yields_have_mean_and_clustering_of_the_process),
        CASE(learning_follows_the_day_of_process_out),
        CASE(without_clustering_wafers_are_binomial),
        CASE(cycle_times_and_line_yield_are_those_of_the_plan),
        CASE(tools_have_their_availability),
        CASE(the_excursion_is_where_the_truth_says),
        CASE(lots_in_the_line_have_the_right_progress),
    };
    return cmocka_run_group_tests(tests, make_history, free_history);
}
