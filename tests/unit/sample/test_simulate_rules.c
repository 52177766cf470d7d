/* The rules of the wafer-lot history hold in a simulated one, with many splits and merges.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "history_fixture.h"

/* Each SELECT counts the rows that break a rule. */
static const struct {
    const char *rule, *sql;
} rules[] = {
    {"every lot has events", "SELECT COUNT(*) FROM lot WHERE lot NOT IN (SELECT lot FROM lot_event)"},
    {"events are numbered without gaps, in the order of their times",
     "SELECT COUNT(*) FROM (SELECT seq, time, LAG(seq) OVER w AS s, LAG(time) OVER w AS t FROM lot_event WINDOW w AS (PARTITION BY lot "
     "ORDER BY seq)) "
     "WHERE seq <> COALESCE(s, 0) + 1 OR time < t"},
    {"wafers before an event are those after the one before",
     "SELECT COUNT(*) FROM (SELECT wafers_before AS b, LAG(wafers_after) OVER (PARTITION BY lot ORDER BY seq) AS a FROM lot_event) WHERE b "
     "<> COALESCE(a, 0)"},
    {"a lot begins with a start or a split, and only there",
     "SELECT COUNT(*) FROM lot_event WHERE (seq = 1) <> (event = 'start' OR (event = 'split' AND wafers_before = 0))"},
    {"moves, holds, rework and ships keep the wafers", "SELECT COUNT(*) FROM lot_event WHERE event IN ('move_in', 'move_out', 'hold', "
                                                       "'release', 'rework', 'ship') AND wafers_before <> wafers_after"},
    {"scrap takes wafers", "SELECT COUNT(*) FROM lot_event WHERE event = 'scrap' AND wafers_after >= wafers_before"},
    {"a split is two events that keep the wafers",
     "SELECT COUNT(*) FROM lot_event a LEFT JOIN lot_event b ON b.event = a.event AND b.lot = a.reason AND b.reason = a.lot AND b.time = "
     "a.time "
     "AND b.wafers_after - b.wafers_before = a.wafers_before - a.wafers_after WHERE a.event IN ('split', 'merge') AND b.lot IS NULL"},
    {"a child is split from its parent", "SELECT COUNT(*) FROM lot l LEFT JOIN lot_event e ON e.lot = l.lot AND e.seq = 1 WHERE "
                                         "l.parent_lot IS NOT NULL AND (e.event <> 'split' OR e.reason <> l.parent_lot)"},
    {"parents exist and come first", "SELECT COUNT(*) FROM lot WHERE parent_lot IS NOT NULL AND (parent_lot NOT IN (SELECT lot FROM lot) "
                                     "OR length(parent_lot) >= length(lot))"},
    {"a lot has the wafers of its last event", "SELECT COUNT(*) FROM lot JOIN lot_event e USING (lot) WHERE e.seq = (SELECT MAX(seq) FROM "
                                               "lot_event f WHERE f.lot = e.lot) AND e.wafers_after <> lot.wafers"},
    {"a lot has as many wafers as lie in it",
     "SELECT COUNT(*) FROM lot WHERE wafers <> (SELECT COUNT(*) FROM wafer WHERE wafer.lot = lot.lot)"},
    {"wafers stay in the family of their start", "SELECT COUNT(*) FROM wafer WHERE substr(wafer, 1, 9) <> substr(lot, 1, 9)"},
    {"a family has the wafers of its start but for scrap",
     "SELECT COUNT(*) FROM (SELECT substr(lot, 1, 9) AS family, SUM(CASE event WHEN 'start' THEN wafers_after WHEN 'scrap' THEN "
     "wafers_after - wafers_before ELSE 0 END) AS n "
     "FROM lot_event GROUP BY 1) JOIN (SELECT substr(lot, 1, 9) AS family, SUM(wafers) AS left FROM lot GROUP BY 1) USING (family) WHERE n "
     "<> left"},
    {"steps follow the route", "SELECT COUNT(*) FROM (SELECT step, MAX(step) OVER (PARTITION BY lot ORDER BY seq) AS most FROM lot_event "
                               "WHERE step IS NOT NULL) WHERE step < most"},
    {"in and out take turns, on one tool",
     "SELECT COUNT(*) FROM (SELECT event, step, tool, LAG(event) OVER w AS e, LAG(step) OVER w AS s, LAG(tool) OVER w AS t FROM lot_event "
     "WHERE event IN ('move_in', 'move_out') WINDOW w AS (PARTITION BY lot ORDER BY seq)) WHERE event = e OR (event = 'move_out' AND (step "
     "<> s OR tool <> t))"},
    {"a hold is released or held", "SELECT COUNT(*) FROM (SELECT lot, event, LEAD(event) OVER (PARTITION BY lot ORDER BY seq) AS next FROM "
                                   "lot_event) e JOIN lot USING (lot) "
                                   "WHERE event = 'hold' AND COALESCE(next, '') <> 'release' AND NOT (next IS NULL AND status = 'held')"},
    {"holds, scrap and rework have reasons",
     "SELECT COUNT(*) FROM lot_event WHERE event IN ('hold', 'scrap', 'rework') AND reason IS NULL"},
    {"the state of a lot is that of its last event",
     "SELECT COUNT(*) FROM lot JOIN lot_event e USING (lot) WHERE e.seq = (SELECT MAX(seq) FROM lot_event f WHERE f.lot = e.lot) AND "
     "status <> CASE WHEN event = 'ship' OR (event = 'merge' AND wafers_after = 0) THEN 'done' WHEN wafers_after = 0 THEN 'scrapped' WHEN "
     "event = 'hold' THEN 'held' ELSE 'active' END"},
    {"lots in the line have a progress, others have none",
     "SELECT COUNT(*) FROM lot WHERE (status IN ('active', 'held')) <> (progress IS NOT NULL)"},
    {"nothing happens after the end",
     "SELECT (SELECT COUNT(*) FROM lot_event WHERE time >= '2027-01-04') + (SELECT COUNT(*) FROM wafer_test WHERE time >= '2027-01-04') "
     "+ (SELECT COUNT(*) FROM tool_event WHERE time >= '2027-01-04')"},
    {"only shipped wafers are tested, after the ship's lot was out",
     "SELECT COUNT(*) FROM wafer_test t JOIN wafer USING (wafer) LEFT JOIN lot_event e ON e.lot = wafer.lot AND e.event = 'move_out' AND "
     "e.step = 50 "
     "WHERE e.time IS NULL OR t.time <= e.time"},
    {"tested >= good", "SELECT COUNT(*) FROM wafer_test WHERE good > tested"},
    {"bins sum to tested", "SELECT COUNT(*) FROM wafer_test t WHERE tested <> (SELECT TOTAL(count) FROM wafer_bin b WHERE b.wafer = "
                           "t.wafer AND b.stage = t.stage AND b.run = t.run)"},
    {"good bins sum to good", "SELECT COUNT(*) FROM wafer_test t WHERE good <> (SELECT TOTAL(count) FROM wafer_bin b JOIN wafer USING "
                              "(wafer) JOIN lot USING (lot) JOIN source USING (source) "
                              "JOIN bin ON bin.item = source.item AND bin.bin = b.bin WHERE b.wafer = t.wafer AND b.stage = t.stage AND "
                              "b.run = t.run AND bin.good = 1)"},
    {"every bin is known", "SELECT COUNT(*) FROM wafer_bin b JOIN wafer USING (wafer) JOIN lot USING (lot) JOIN source USING (source) LEFT "
                           "JOIN bin ON bin.item = source.item AND bin.bin = b.bin "
                           "WHERE bin.bin IS NULL"},
    {"bins of the outputs only",
     "SELECT COUNT(*) FROM wafer_bin b JOIN wafer USING (wafer) JOIN lot USING (lot) WHERE source = 's_poisson' AND b.bin IN (1, 3)"},
    {"a retest has a first test", "SELECT COUNT(*) FROM wafer_test t WHERE run = 2 AND NOT EXISTS (SELECT 1 FROM wafer_test o WHERE "
                                  "o.wafer = t.wafer AND o.stage = t.stage AND o.run = 1 AND o.time < t.time)"},
    {"a final test has the good die of the sort", "SELECT COUNT(*) FROM wafer_test f WHERE stage = 'final' AND tested <> (SELECT good FROM "
                                                  "wafer_test s WHERE s.wafer = f.wafer AND s.stage = 'sort' ORDER BY run DESC LIMIT 1)"},
    {"sources that are not simulated have no lots", "SELECT COUNT(*) FROM lot WHERE source IN ('s_foreign', 's_assembly')"},
    {"customers are those who need the die",
     "SELECT COUNT(*) FROM lot WHERE customer <> CASE source WHEN 's_repaired' THEN 'C2' ELSE 'C1' END"},
    {"states of a tool change", "SELECT COUNT(*) FROM (SELECT state, LAG(state) OVER (PARTITION BY tool ORDER BY time) AS before FROM "
                                "tool_event) WHERE state = before AND state IN ('standby', 'engineering')"},
    {"every tool has a state from the beginning",
     "SELECT COUNT(*) FROM (SELECT MIN(time) AS first FROM tool_event GROUP BY tool) WHERE first <> '2026-07-04T00:00:00'"},
    {"all is marked as simulated", "SELECT SUM(n) FROM (SELECT COUNT(*) AS n FROM lot WHERE basis <> 'simulated, seed 5' UNION ALL SELECT "
                                   "COUNT(*) FROM wafer_test WHERE basis IS NOT 'simulated, seed 5' "
                                   "UNION ALL SELECT COUNT(*) FROM tool_event WHERE basis IS NOT 'simulated, seed 5' UNION ALL SELECT "
                                   "COUNT(*) FROM bin WHERE basis IS NOT 'simulated, seed 5')"},
};

static void every_rule_holds(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_small_fab(fixture);
    const struct fab_history_options options = {
        .months = 6, .seed = 5, .wafers_per_month = 1900, .split_share = 12, .rework_share = 0.05, .hold_share = 0.5, .map_share = 0.02};
    add_history(fixture, store, &options, "history");
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        int64_t broken = fixture_integer(fixture, store, rules[r].sql);
        if (broken != 0)
            fail_msg("%s: broken %lld times", rules[r].rule, (long long)broken);
    }
    /* and there is something to check */
    assert_true(fixture_integer(fixture, store,
                                "SELECT COUNT(*) FROM lot_event WHERE event IN ('split', 'merge') AND wafers_before > wafers_after") >=
                10000);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot_event WHERE event = 'merge' AND wafers_after = 0") >= 2000);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot WHERE length(lot) > 11") > 100); /* splits of splits */
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(DISTINCT event) FROM lot_event"), 10);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(DISTINCT status) FROM lot"), 4);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(DISTINCT state) FROM tool_event"), 6);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(DISTINCT source) FROM lot"), 7);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM bin"), 3 + 1 + 2 * 9);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test WHERE run = 2") > 100);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test WHERE stage = 'final'") > 1000);
    fab_store_close(store);
}

/* A map has the die of its test, bin by bin, and failing die lie near each other and near the edge. */
static void maps_agree_with_the_counts(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_small_fab(fixture);
    const struct fab_history_options options = {.months = 2, .seed = 6, .wafers_per_month = 700, .map_share = 1};
    double middle = 0, middle_bad = 0, edge = 0, edge_bad = 0;
    add_history(fixture, store, &options, "history");
    fab_table *maps = select_rows(fixture, store, "SELECT map, wafer, stage, run FROM die_map ORDER BY wafer LIMIT 300");
    fab_table *bins =
        select_rows(fixture, store, "SELECT wafer, run, bin, count FROM wafer_bin JOIN die_map USING (wafer, stage, run) ORDER BY wafer");
    assert_int_equal(fab_table_rows(maps), 300);
    for (int m = 0, b = 0; m < fab_table_rows(maps); m++) {
        const char *map = fab_table_get(maps, m, 0)->text, *wafer = fab_table_get(maps, m, 1)->text;
        int counts[128] = {0}, die = 0, width = (int)strcspn(map, "/") + 1, rows = ((int)strlen(map) + 1) / width;
        for (int i = 0; map[i]; i++) {
            counts[(int)map[i]]++;
            if (map[i] == '.' || map[i] == '/')
                continue;
            double x = (i % width - (width - 2) / 2.0) / (width / 2.0), y = (i / width - (rows - 1) / 2.0) / (rows / 2.0),
                   r = sqrt(x * x + y * y);
            bool bad = map[i] >= 'A'; /* bins 10 and above */
            *(r > 0.85 ? &edge : &middle) += 1;
            *(r > 0.85 ? &edge_bad : &middle_bad) += bad;
            die++;
        }
        assert_int_equal(die, 616); /* yield.md: 10 x 10 mm, street-centred */
        assert_int_equal(counts['/'], rows - 1);
        for (; b < fab_table_rows(bins) && strcmp(fab_table_get(bins, b, 0)->text, wafer) == 0; b++) {
            int bin = (int)fab_table_get(bins, b, 2)->integer;
            assert_int_equal(counts[bin < 10 ? '0' + bin : 'A' + bin - 10], fab_table_get(bins, b, 3)->integer);
        }
    }
    assert_true(edge_bad / edge > 1.2 * middle_bad / middle);
    fab_table_free(maps);
    fab_table_free(bins);
    fab_store_close(store);
}

/* The sample fab has a history too, though its own lines are built only later. */
static void the_sample_fab_has_a_history(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = NULL;
    const int32_t first_of_2029 = 21550;
    struct fab_history_summary summary;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/terafab");
    fixture_ok(fixture, simulate_into(fixture, store, &(struct fab_history_options){.seed = 1, .end_date = first_of_2029}, "year", &summary));
    assert_in_range(summary.wafers, 5000, 90000);
    assert_in_range(summary.wafer_tests, 5000, 90000);
    assert_in_range(summary.lots, 1000, 10000);
    assert_true(summary.die_maps > 500 && summary.tool_events > 10000 && summary.lot_events > 50000);
    assert_int_equal(summary.end, first_of_2029);
    assert_int_equal(summary.begin, first_of_2029 - 366);
    add_history(fixture, store, &(struct fab_history_options){.seed = 1, .months = 1, .wafers_per_month = 400, .end_date = first_of_2029}, "month");
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(DISTINCT source) FROM lot"), 6); /* the seventh needs a scanner that must be bought first */
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot WHERE start_time < '2028-04-01'"), 0); /* the day of the first tools */
    /* up to the start of the calendar there are none */
    assert_int_equal(simulate_into(fixture, store, &(struct fab_history_options){.seed = 1}, "none", NULL), FAB_INPUT);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(DISTINCT sells_as) FROM bin") > 7);
    fab_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_rule_holds, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(maps_agree_with_the_counts, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_sample_fab_has_a_history, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
