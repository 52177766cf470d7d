/* The model that comes out of the database.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "assert_close.h"
#include "dictionary.h"

static const char mini[] = FAB_SOURCE_FOLDER "/data/mini";
static const char terafab[] = FAB_SOURCE_FOLDER "/data/terafab";

static fab_model *load(struct fixture *fixture, const char *folder)
{
    fab_store *store = NULL;
    fab_model *model = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, folder);
    fixture_ok(fixture, fab_store_load_model(fixture->context, store, &model));
    fab_store_close(store);
    return model;
}

static int day(const char *text)
{
    int32_t date;
    const char *why;
    assert_true(fab_date_parse(text, &date, &why));
    return date;
}

static void the_sample_fab_is_loaded(void **state)
{
    fab_model *model = load(*state, terafab);
    assert_int_equal(model->calendar_count, 48);
    assert_int_equal(model->tool_group_count, 89);
    assert_int_equal(model->route_count, 17);
    assert_int_equal(model->route_step_count, 256);
    assert_int_equal(model->source_count, 51);
    assert_int_equal(model->demand_count, 396);
    assert_int_equal(model->stock_count, 0);
    assert_int_equal(model->capex_budget_count, 4);
    assert_string_equal(model->plan_name, "Terafab phase 1, 2027-2030");
    assert_close(model->discount_rate, 0.1, 0, 0);
    assert_close(model->end_value_frac, 0.6, 0, 0);
    assert_close(model->commitment_factor, 10, 0, 0);
    assert_close(model->hold_days, 14, 0, 0);
    fab_model_free(model);
}

static const struct fab_source *find_source(const fab_model *model, const char *id)
{
    for (int s = 0; s < model->source_count; s++)
        if (strcmp(model->source[s].source, id) == 0)
            return &model->source[s];
    fail_msg("there is no source %s", id);
    return NULL;
}

static void cells_become_members(void **state)
{
    fab_model *model = load(*state, terafab);
    const struct fab_source *made = find_source(model, "D_HBM@R_MHBM");
    assert_string_equal(model->item[made->item].item, "D_HBM");
    assert_string_equal(model->line[made->line].line, "MEMORY");
    assert_string_equal(model->route[made->route].route, "R_MHBM");
    assert_int_equal(made->line, model->route[made->route].line);
    assert_close(made->units_per_start, 501, 0, 0);
    assert_int_equal(made->consumes_bom, 0);
    assert_int_equal(made->available_from, day("2028-12-01"));
    assert_int_equal(made->available_to, FAB_DATE_NONE);
    assert_true(isnan(made->lead_time_days));
    assert_null(made->supplier);
    assert_string_equal(made->region, "US");
    const struct fab_source *bought = find_source(model, "SO_SKH_HBM4");
    assert_int_equal(bought->route, FAB_NONE);
    assert_int_equal(bought->process, FAB_NONE);
    assert_close(bought->lead_time_days, 122, 0, 0);
    assert_string_equal(bought->supplier, "SK hynix");
    fab_model_free(model);
}

static void empty_cells_become_defaults(void **state)
{
    fab_model *model = load(*state, mini);
    const struct fab_tool_group *tools = &model->tool_group[0];
    assert_close(tools->life_days, 1826, 0, 0);
    assert_close(tools->power_kw, 0, 0, 0);
    assert_true(isnan(tools->price_usd));
    assert_true(isnan(tools->removal_usd));
    assert_false(tools->buyable);
    assert_null(tools->area);
    assert_close(model->route[0].lot_size, 25, 0, 0);
    assert_close(model->route_step[0].sample_frac, 1, 0, 0);
    assert_close(model->item[0].holding_frac_per_year, 0.2, 0, 0);
    assert_true(isnan(model->item[0].max_stock));
    assert_int_equal(model->source[0].consumes_bom, FAB_NONE);
    assert_true(isnan(model->demand[0].min_fill));
    assert_null(model->demand[0].class);
    assert_string_equal(model->currency, "USD");
    fab_model_free(model);
}

/* Periods by date, the rest by key, bytewise. */
static void rows_are_sorted(void **state)
{
    struct fixture *fixture = *state;
    static const char customers[] = "customer,name\nb,x\nB,x\n\xC3\xA9,x\nZ,x\na,x\nBUYER,x\n";
    static const char calendar[] = "period,start_date,end_date\nfirst,2027-01-04,2027-01-18\na second,2027-01-18,2027-02-01\n";
    static const char *const order[] = {"B", "BUYER", "Z", "a", "b", "\xC3\xA9"};
    fab_store *store = NULL;
    fab_model *model = NULL;
    const char *paths[] = {fixture->folder};
    const fab_import_options replace = {.replace = true};
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, mini);
    fixture_write(fixture, "customer.csv", customers, strlen(customers));
    fixture_write(fixture, "calendar.csv", calendar, strlen(calendar));
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, &replace, NULL));
    fixture_ok(fixture, fab_store_load_model(fixture->context, store, &model));
    assert_int_equal(model->customer_count, 6);
    for (int c = 0; c < model->customer_count; c++)
        assert_string_equal(model->customer[c].customer, order[c]);
    assert_string_equal(model->calendar[0].period, "first");
    assert_string_equal(model->calendar[1].period, "a second");
    fab_model_free(model);
    fab_store_close(store);
}

/* Every reference of every table lies within the table it names, and every row's key is after the one before. */
static void references_are_rows(void **state)
{
    fab_model *model = load(*state, terafab);
    for (int t = 0; t < fab_dictionary_count; t++) {
        const struct fab_table_def *def = &fab_dictionary[t];
        if (def->record_size == 0)
            continue;
        const char *rows = *(char *const *)(const void *)((const char *)model + def->rows_offset);
        int count = *(const int *)(const void *)((const char *)model + def->count_offset);
        for (int r = 0; r < count; r++)
            for (int c = 0; c < def->column_count; c++) {
                const struct fab_column *column = &def->columns[c];
                if (column->type != FAB_COLUMN_REF)
                    continue;
                int index = *(const int *)(const void *)(rows + (size_t)r * def->record_size + column->offset);
                int limit = *(const int *)(const void *)((const char *)model + fab_dictionary_find(column->ref)->count_offset);
                assert_true(index < limit);
                assert_true(index >= 0 || (column->flags & FAB_OPTIONAL));
            }
    }
    fab_model_free(model);
}

static void an_empty_database_gives_an_empty_model(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = NULL;
    fab_model *model = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_ok(fixture, fab_store_load_model(fixture->context, store, &model));
    assert_int_equal(model->calendar_count, 0);
    assert_string_equal(model->plan_name, "Plan");
    fab_model_free(model);
    fab_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_sample_fab_is_loaded, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(cells_become_members, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(empty_cells_become_defaults, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(rows_are_sorted, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(references_are_rows, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_empty_database_gives_an_empty_model, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
