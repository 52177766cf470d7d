/* The chain from the wafer-lot history to a stored snapshot: what counts, what is screened, what is recovered, what is said not to be
 * identified.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lot_history.h"

#include "assert_close.h"
#include "fab.h"
#include "internal.h"
#include "change_apply.h"
#include "yield_planning.h"

enum { MONTHS = 12, LOTS_A_MONTH = 10, WAFERS = 12, DIE = 600 };

/* What a simulated history is made of. */
struct truth {
    double d0_start, d0_mature, halflife;
    double lot_spread;                  /* standard deviation of a lot's logit */
    int wafer_shape;                    /* gamma shape of a wafer's defect rate; 0: none */
    int excursion_from, excursion_lots; /* lots by number whose defect rate is four times as high */
    uint64_t seed;
};

static int32_t day_of(const char *text)
{
    int32_t day;
    const char *why;
    assert_true(fab_date_parse(text, &day, &why));
    return day;
}

/* The yield of a wafer of die A (1 cm2) on a day: negative binomial in the die with alpha 2, as the process has it. */
static double wafer_yield(const struct truth *truth, int32_t day, double lot, double wafer, bool excursion)
{
    double days = day - fab_date_from_civil(2026, 1, 1);
    double d0 = truth->d0_mature + (truth->d0_start - truth->d0_mature) * pow(0.5, days / truth->halflife);
    double yield = pow(1 + d0 * wafer * (excursion ? 4 : 1) / 2, -2);
    return 1 / (1 + (1 / yield - 1) * exp(lot));
}

/* Lots of source A, one every three days from 2026-01-01 on, that come out 30 days later; the last step's move_out is the process-out date,
 * the test comes 5 days after it. */
static void write_history(struct fixture *fixture, const struct truth *truth, const char *basis)
{
    struct lh_file lots = lh_begin("lot,source,start_time,wafers,status,basis"), wafers = lh_begin("wafer,lot"),
                   tests = lh_begin("wafer,stage,run,time,tested,good");
    struct lh_file events = lh_begin("lot,seq,time,event,step,wafers_before,wafers_after,reason");
    uint64_t chance = truth->seed;
    lh_write_network(fixture);
    for (int n = 0; n < MONTHS * LOTS_A_MONTH; n++) {
        char start[FAB_DATE_TEXT_SIZE], out[FAB_DATE_TEXT_SIZE], test[FAB_DATE_TEXT_SIZE];
        int32_t day = fab_date_from_civil(2026, 1, 1) + 3 * n;
        double lot = truth->lot_spread * lh_normal(&chance);
        bool excursion = n >= truth->excursion_from && n < truth->excursion_from + truth->excursion_lots;
        fab_date_print(day, start);
        fab_date_print(day + 30, out);
        fab_date_print(day + 35, test);
        lh_add(&lots, "L%03d,A,%sT00:00:00,%d,done,%s\n", n, start, WAFERS, basis);
        lh_add(&events, "L%03d,1,%sT00:00:00,start,,%d,%d,\nL%03d,2,%sT00:00:00,scrap,10,%d,%d,broken\n", n, start, WAFERS + 1, WAFERS + 1,
               n, start, WAFERS + 1, WAFERS);
        lh_add(&events, "L%03d,3,%sT08:00:00,move_out,20,%d,%d,\n", n, out, WAFERS, WAFERS);
        for (int w = 0; w < WAFERS; w++) {
            double rate = truth->wafer_shape ? lh_gamma(&chance, truth->wafer_shape) : 1;
            int good = lh_binomial(&chance, DIE, wafer_yield(truth, day + 30, lot, rate, excursion));
            lh_add(&wafers, "L%03d.%02d,L%03d\n", n, w, n);
            lh_add(&tests, "L%03d.%02d,sort,%d,%sT00:00:00,%d,%d\n", n, w, w ? 1 : 2, test, DIE, good);
            if (w == 0) /* the first run of the first wafer is superseded */
                lh_add(&tests, "L%03d.%02d,sort,1,%sT00:00:00,%d,0\n", n, w, test, DIE);
        }
    }
    lh_end(fixture, &lots, "lot");
    lh_end(fixture, &events, "lot_event");
    lh_end(fixture, &wafers, "wafer");
    lh_end(fixture, &tests, "wafer_test");
}

static const struct truth flat = {.d0_start = 0.4, .d0_mature = 0.4, .halflife = 100, .lot_spread = 0.2, .wafer_shape = 4, .seed = 11};

/* Mean over lots and wafers of a history without a trend. */
static double mean_yield(const struct truth *truth)
{
    enum { DRAWS = 100000 };
    uint64_t chance = 99;
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
        double lot = truth->lot_spread * lh_normal(&chance);
        sum += wafer_yield(truth, 0, lot, lh_gamma(&chance, truth->wafer_shape), false);
    }
    return sum / DRAWS;
}

static fab_result *fit_and_show(struct fixture *fixture, fab *opened, const fab_yield_fit_request *request)
{
    fab_result *sections = NULL;
    int64_t snapshot = 0;
    fixture_ok(fixture, fab_yield_fit(fixture->context, opened, request, &snapshot));
    fixture_ok(fixture,
               fab_yield_show(fixture->context, opened, &(fab_yield_show_request){.snapshot = snapshot, .whole = true}, &sections));
    return sections;
}

static void retests_supersede_and_dates_are_process_out(void **state)
{
    struct fixture *fixture = *state;
    write_history(fixture, &flat, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = fit_and_show(fixture, opened, &(fab_yield_fit_request){0});
    const fab_table *facts = lh_section(sections, NULL), *tested = lh_section(sections, "estimates");
    assert_int_equal(fab_table_rows(tested), 1);
    assert_close(lh_number(facts, 0, "wafers"), MONTHS * LOTS_A_MONTH * WAFERS, 0, 0);
    assert_int_equal(lh_value(facts, 0, "simulated")->integer, 0);
    assert_close(lh_number(facts, 0, "confidence"), 0.9, 0, 0);
    assert_string_equal(lh_text(tested, 0, "first_date"), "2026-01-31");
    assert_close(lh_number(tested, 0, "tested_per_wafer"), DIE, 0, 0);
    /* a first run of 0 in every twelfth wafer would take a twelfth of the yield */
    assert_close(lh_number(tested, 0, "mean_all"), pow(1 + 0.4 / 2, -2), 0.03, 0);
    fab_result_free(sections);
    fab_close(opened);
}

static void errors_count_what_lots_and_wafers_vary(void **state)
{
    struct fixture *fixture = *state;
    write_history(fixture, &flat, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = fit_and_show(fixture, opened, &(fab_yield_fit_request){.confidence = 0.9});
    const fab_table *level = lh_section(sections, "levels"), *defects = lh_section(sections, "defects"),
                    *verdicts = lh_section(sections, "verdicts");
    double width = lh_number(level, 0, "high") - lh_number(level, 0, "low"),
           wafer_width = lh_number(level, 0, "wafer_high") - lh_number(level, 0, "wafer_low");
    double mean = lh_number(level, 0, "mean"), n = MONTHS * LOTS_A_MONTH * WAFERS * (double)DIE;
    double binomial_width = 2 * 1.6449 * sqrt(mean * (1 - mean) / n);
    double expected = mean_yield(&flat);
    assert_true(lh_number(level, 0, "low") < expected && lh_number(level, 0, "high") > expected);
    assert_true(wafer_width > 2 * binomial_width);
    assert_true(width > wafer_width);
    assert_true(lh_number(level, 0, "understated") > 2);
    assert_true(lh_number(defects, 0, "alpha_low") < lh_number(defects, 0, "alpha") &&
                lh_number(defects, 0, "alpha") < lh_number(defects, 0, "alpha_high"));
    assert_string_equal(lh_text(verdicts, lh_find(verdicts, "about", "learning"), "verdict"), "no trend: D0 is taken as constant");
    assert_non_null(strstr(lh_text(verdicts, lh_find(verdicts, "about", "systematic yield"), "verdict"), "do not identify it"));
    fab_result_free(sections);
    fab_close(opened);
}

static void no_overdispersion_leaves_alpha_unidentified(void **state)
{
    struct fixture *fixture = *state;
    struct truth truth = flat;
    truth.lot_spread = 0;
    truth.wafer_shape = 0;
    write_history(fixture, &truth, "simulated: seed 11");
    fab *opened = lh_open(fixture);
    fab_result *sections = fit_and_show(fixture, opened, &(fab_yield_fit_request){0});
    const fab_table *defects = lh_section(sections, "defects"), *verdicts = lh_section(sections, "verdicts");
    assert_int_equal(lh_value(lh_section(sections, NULL), 0, "simulated")->integer, 1);
    assert_int_equal(lh_value(defects, 0, "alpha")->type, FAB_NULL);
    assert_true(lh_number(defects, 0, "alpha_low") > 20);
    assert_non_null(strstr(lh_text(verdicts, lh_find(verdicts, "about", "clustering"), "verdict"), "not identified"));
    fab_result_free(sections);
    fab_close(opened);
}

static void excursions_are_named_and_weighed(void **state)
{
    struct fixture *fixture = *state;
    struct truth truth = flat;
    truth.excursion_from = 60;
    truth.excursion_lots = 4;
    write_history(fixture, &truth, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = fit_and_show(fixture, opened, &(fab_yield_fit_request){0});
    const fab_table *tested = lh_section(sections, "estimates"), *found = lh_section(sections, "excursions"),
                    *periods = lh_section(sections, "periods");
    for (int n = 60; n < 64; n++) {
        char lot[16];
        snprintf(lot, sizeof lot, "L%03d", n);
        assert_close(lh_number(found, lh_find(found, "lot", lot), "wafers"), WAFERS, 0, 0);
    }
    assert_true(fab_table_rows(found) <= 6);
    assert_true(lh_number(tested, 0, "mean_all") < lh_number(tested, 0, "mean_screened"));
    /* 4 of 120 lots lose about half their yield (0.694 to 0.309) */
    assert_close(lh_number(tested, 0, "excursion_factor"), 1 - 4.0 / 120 * (1 - 0.309 / 0.694), 0, 0.006);
    const fab_table *forecasts = lh_section(sections, "forecasts");
    assert_close(lh_number(periods, 0, "p50"), lh_number(forecasts, 0, "screened_p50") * lh_number(tested, 0, "excursion_factor"), 1e-12,
                 0);
    fab_result_free(sections);

    fixture_ok(fixture, fab_yield_spc(fixture->context, opened, &(fab_yield_spc_request){.source = "A"}, &sections));
    const fab_table *signals = lh_section(sections, "signals"), *shifts = lh_section(sections, "shifts");
    int row = lh_find(signals, "lot", "L061");
    assert_string_equal(lh_text(signals, row, "side"), "below");
    assert_close(lh_number(signals, row, "excursion"), 1, 0, 0);
    assert_true(lh_number(signals, row, "yield") < lh_number(signals, row, "low") &&
                lh_number(signals, row, "low") < lh_number(signals, row, "expected"));
    row = lh_find(shifts, "side", "below");
    assert_in_range(atoi(lh_text(shifts, row, "first_lot") + 1), 60, 62);
    assert_string_equal(lh_text(lh_section(sections, "charts"), 0, "now"), "on its curve");
    assert_int_equal(fab_table_rows(lh_section(sections, "points")), MONTHS * LOTS_A_MONTH);
    fab_result_free(sections);
    fab_close(opened);
}

/* From the last tenth of the lots on the yield is far below the curve of the rest: the chart says since when. */
static void a_lasting_shift_has_a_date(void **state)
{
    struct fixture *fixture = *state;
    struct truth truth = flat;
    truth.excursion_from = MONTHS * LOTS_A_MONTH - 6;
    truth.excursion_lots = 6;
    write_history(fixture, &truth, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = NULL;
    fixture_ok(fixture, fab_yield_spc(fixture->context, opened, &(fab_yield_spc_request){0}, &sections));
    const fab_table *charts = lh_section(sections, "charts");
    const char *why;
    int32_t since = 0, began = fab_date_from_civil(2026, 1, 1) + 3 * truth.excursion_from + 30;
    assert_string_equal(lh_text(charts, 0, "now"), "below its curve");
    assert_true(fab_date_parse(lh_text(charts, 0, "since"), &since, &why));
    assert_in_range(since, began, began + 6);
    fab_result_free(sections);
    fab_close(opened);
}

static void learning_is_recovered_and_forecast(void **state)
{
    struct fixture *fixture = *state;
    const struct truth truth = {.d0_start = 1.2, .d0_mature = 0.2, .halflife = 90, .lot_spread = 0.1, .seed = 5};
    write_history(fixture, &truth, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = fit_and_show(fixture, opened, &(fab_yield_fit_request){0});
    const fab_table *curves = lh_section(sections, "curves"), *periods = lh_section(sections, "periods"),
                    *forecasts = lh_section(sections, "forecasts");
    const fab_table *levels = lh_section(sections, "levels");
    assert_true(lh_number(curves, 0, "halflife_low") < 90 && lh_number(curves, 0, "halflife_high") > 90);
    /* learning counts from the first lot */
    double first = day_of(lh_text(curves, 0, "learning_start")) - fab_date_from_civil(2026, 1, 1), d0 = 0.2 + pow(0.5, first / 90);
    assert_true(first >= 0 && lh_number(curves, 0, "d0_start_low") < d0 && lh_number(curves, 0, "d0_start_high") > d0);
    assert_true(lh_number(curves, 0, "d0_mature_low") < 0.2 && lh_number(curves, 0, "d0_mature_high") > 0.2);
    /* D0 moves: the level is the last quarter, 2026-10-28 .. 2027-01-22 */
    assert_true(strcmp(lh_text(levels, 0, "since"), "2026-10-15") > 0);
    /* a start of 2027-01-01 comes out after the planned 60 days, when D0 is 0.2 + 2^(-425/90) */
    assert_int_equal(fab_table_rows(periods), 24);
    assert_string_equal(lh_text(forecasts, 0, "out_date"), "2027-03-02");
    assert_close(lh_number(periods, 0, "p50"), pow(1 + (0.2 + pow(0.5, 425 / 90.0)) / 2, -2), 0, 0.03);
    assert_true(lh_number(periods, 0, "p10") < lh_number(periods, 0, "p50") && lh_number(periods, 0, "p50") < lh_number(periods, 0, "p90"));
    assert_true(lh_number(forecasts, 0, "common_error") > 0 && lh_number(forecasts, 0, "lot_error") > 0);
    /* one wafer of 13 is scrapped from every lot */
    assert_close(lh_number(lh_section(sections, "lines"), 0, "line_yield"), 12 / 13.0, 1e-12, 0);
    assert_close(lh_number(periods, 0, "line_p50"), 12 / 13.0, 0, 0.005);
    assert_close(lh_number(periods, 0, "planned_line_yield"), 0.9 - 0.1 * pow(0.5, 365 / 120.0), 1e-9, 0);
    fab_result_free(sections);
    fab_close(opened);
}

static void snapshots_are_never_changed(void **state)
{
    struct fixture *fixture = *state;
    int64_t first = 0, second = 0, found = 0;
    write_history(fixture, &flat, "");
    fab *opened = lh_open(fixture);
    assert_int_equal(fab_yield_find_snapshot(fixture->context, opened, 0, &found), FAB_USAGE);
    fixture_ok(fixture, fab_yield_fit(fixture->context, opened, &(fab_yield_fit_request){0}, &first));
    fixture_ok(fixture, fab_yield_fit(fixture->context, opened, &(fab_yield_fit_request){.from = "2026-06", .to = "2026-09-01"}, &second));
    assert_int_equal(second, first + 1);
    fixture_ok(fixture, fab_yield_find_snapshot(fixture->context, opened, 0, &found));
    assert_int_equal(found, second);
    assert_int_equal(fab_yield_find_snapshot(fixture->context, opened, 9, &found), FAB_USAGE);
    sqlite3 *db = opened->store->db;
    static const char *const tables[] = {"yield_snapshot", "yield_estimate", "yield_lot", "yield_period"};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        char sql[128];
        snprintf(sql, sizeof sql, "UPDATE %s SET snapshot = 7", tables[t]);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[t]);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    }
    fab_result *sections = NULL;
    fixture_ok(fixture, fab_yield_show(fixture->context, opened, &(fab_yield_show_request){.snapshot = second}, &sections));
    assert_string_equal(lh_text(lh_section(sections, NULL), 0, "from_date"), "2026-06-01");
    assert_string_equal(lh_text(lh_section(sections, "estimates"), 0, "first_date"), "2026-06-03");
    assert_true(strcmp(lh_text(lh_section(sections, "estimates"), 0, "last_date"), "2026-09-01") < 0);
    assert_int_equal(fab_table_rows(lh_section(sections, "periods")), 2); /* the first of each year */
    fab_result_free(sections);
    fab_close(opened);
}

static void what_cannot_be_fitted_is_said(void **state)
{
    struct fixture *fixture = *state;
    int64_t snapshot = 0;
    fab_result *sections = NULL;
    write_history(fixture, &flat, "");
    fab *opened = lh_open(fixture);
    assert_int_equal(fab_yield_fit(fixture->context, opened, &(fab_yield_fit_request){.from = "2031"}, &snapshot), FAB_USAGE);
    assert_int_equal(fab_yield_fit(fixture->context, opened, &(fab_yield_fit_request){.from = "2031-01"}, &snapshot), FAB_INPUT);
    assert_message(fixture, "no tested wafer");
    assert_int_equal(fab_yield_fit(fixture->context, opened, &(fab_yield_fit_request){.confidence = 1}, &snapshot), FAB_USAGE);
    assert_int_equal(fab_yield_find_snapshot(fixture->context, opened, 0, &snapshot), FAB_USAGE);
    /* two lots: no curve, no screen, still a yield */
    sections = fit_and_show(fixture, opened, &(fab_yield_fit_request){.from = "2026-02-01", .to = "2026-02-07"});
    const fab_table *verdicts = lh_section(sections, "verdicts"), *periods = lh_section(sections, "periods");
    assert_non_null(strstr(lh_text(verdicts, lh_find(verdicts, "about", "learning"), "verdict"), "a constant: "));
    assert_close(lh_number(periods, 0, "p50"), lh_number(lh_section(sections, "estimates"), 0, "mean_all"), 0.001, 0);
    assert_true(lh_number(periods, 0, "p10") < lh_number(periods, 0, "p50"));
    fab_result_free(sections);
    fab_close(opened);
}

static void estimates_go_into_the_model(void **state)
{
    struct fixture *fixture = *state;
    int64_t snapshot = 0, used = 0;
    fab_table *yields = NULL;
    fab_model *model = NULL;
    write_history(fixture, &flat, "");
    lh_table(fixture, "source_yield", "source,from_date,line_yield,unit_yield\nB,2026-01-01,0.5,0.5\nA,2026-01-01,0.5,0.5\n");
    fab *opened = lh_open(fixture);
    assert_int_equal(fab_yield_planning(fixture->context, opened->store, 0, "p10", &used, &yields), FAB_USAGE);
    fixture_ok(fixture, fab_yield_fit(fixture->context, opened, &(fab_yield_fit_request){0}, &snapshot));
    assert_int_equal(fab_yield_planning(fixture->context, opened->store, 0, "p20", &used, &yields), FAB_USAGE);
    double unit[3];
    static const char *const percentiles[] = {"p10", "fit", "p90"};
    for (int p = 0; p < 3; p++) {
        fixture_ok(fixture, fab_yield_planning(fixture->context, opened->store, 0, percentiles[p], &used, &yields));
        assert_int_equal(used, snapshot);
        assert_int_equal(fab_table_rows(yields), 24);
        unit[p] = lh_number(yields, 0, "unit_yield");
        if (p == 2)
            break;
        fab_table_free(yields);
    }
    assert_true(unit[0] < unit[1] && unit[1] < unit[2]);
    struct fab_change_list *list = fab_change_list_new();
    fab_model *base = NULL;
    fixture_ok(fixture, fab_store_load_model(fixture->context, opened->store, &base));
    fixture_ok(fixture, fab_yield_planning_changes(fixture->context, yields, base, list));
    fixture_ok(fixture, fab_model_change(fixture->context, base, list, &model));
    assert_int_equal(base->source_yield_count, 2); /* the data set stays as it is */
    /* A has a row a period, B keeps its own */
    assert_int_equal(model->source_yield_count, 25);
    assert_string_equal(model->source[model->source_yield[0].source].source, "A");
    assert_int_equal(model->source_yield[0].from_date, fab_date_from_civil(2027, 1, 1));
    assert_close(model->source_yield[0].unit_yield, unit[2], 0, 0);
    assert_close(model->source_yield[24].unit_yield, 0.5, 0, 0);
    assert_true(model->yield_fitted[model->source_yield[0].source]);
    assert_false(model->yield_fitted[model->source_yield[24].source]);
    fab_model_free(model);
    fab_model_free(base);
    fab_change_list_free(list);
    fab_table_free(yields);
    fab_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(retests_supersede_and_dates_are_process_out, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(errors_count_what_lots_and_wafers_vary, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_overdispersion_leaves_alpha_unidentified, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(excursions_are_named_and_weighed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_lasting_shift_has_a_date, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(learning_is_recovered_and_forecast, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(snapshots_are_never_changed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_fitted_is_said, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(estimates_go_into_the_model, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
