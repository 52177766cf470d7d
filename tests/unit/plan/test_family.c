/* A family of equations from outside: this program adds one, and touches no other file, and finds it in names, plan tables, reasons, workbook and JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "optimise_families.h"
#include "store.h"

#include "fab.h"

#include <minizip/unzip.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the family: the water that all starts of a period take ---- */

enum { WATER = FAB_FAMILIES };
#define WATER_M3_PER_START 2.0
#define WATER_M3 200.0

static struct fab_shape each_site(const fab_terms *terms)
{
    return (struct fab_shape){.a = terms->model->site_count, .b = 1, .periods = true};
}

static bool build_water(struct fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int t = 0; t < terms->period_count; t++) {
        int row = fab_program_add_row(program, fab_tag_of(WATER, 0, t), -(double)INFINITY, WATER_M3);
        if (row == FAB_NONE)
            return false;
        for (int s = 0; s < terms->model->source_count; s++)
            if (!fab_program_put(program, row, fab_program_at(program, FAB_X, s, t), WATER_M3_PER_START))
                return false;
    }
    return true;
}

static void label_water(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    snprintf(label->subject, sizeof label->subject, "%s", program->terms->model->site[tag.a].site);
}

static const struct fab_family water = {.code = "H2O",
                                        .name = "water",
                                        .meaning = "water of the starts <= what the river gives",
                                        .unit = "m3",
                                        .side = FAB_SIDE_ROW,
                                        .shape = each_site,
                                        .build = build_water,
                                        .label = label_water,
                                        .reason_code = "H2O",
                                        .reason = "water of"};
static const struct fab_more_families more = {&water, 1};

/* ---- the plan with it ---- */

struct fixture {
    fab_context *context;
    fab *handle;
    fab_optimise_result result;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    const fab_optimise_request request = {.name = "dry"};
    fixture = (struct fixture){.context = fab_context_new()};
    assert_int_equal(fab_open(fixture.context, FAB_SOURCE_FOLDER "/data/mini", FAB_READ, &fixture.handle), FAB_OK);
    assert_int_equal(fab_optimise_families(fixture.context, fixture.handle, &request, &more, &fixture.result), FAB_OK);
    assert_int_equal(fixture.result.outcome, FAB_OPTIMAL);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    fab_result_free(fixture->result.answer);
    fab_close(fixture->handle);
    fab_context_free(fixture->context);
    return 0;
}

static fab_table *select_plan(const struct fixture *fixture, const char *query)
{
    fab_table *table = NULL;
    assert_int_equal(fab_select_plan(fixture->context, fixture->handle, query, fixture->result.plan, &table), FAB_OK);
    return table;
}

/* 100 starts a period instead of 168: 0.25 x 100 units in the first week and the same in the second from the first week's, 25 more from the second's. */
static void its_limit_holds(void **state)
{
    fab_table *plan = select_plan(*state, "json_plan");
    assert_close(fab_value_number(fab_table_get(plan, 0, fab_table_find_column(plan, "objective_usd"))), (25 + 50) * 100 - 200 * 10, 1e-9, 0);
    fab_table_free(plan);
}

static void it_has_names_and_tags(void **state)
{
    struct fixture *fixture = *state;
    fab_table *rows = select_plan(fixture, "plan_rows");
    int found = 0;
    for (int r = 0; r < fab_table_rows(rows); r++) {
        const char *family = fab_table_get(rows, r, fab_table_find_column(rows, "family"))->text;
        if (strcmp(family, "H2O") != 0)
            continue;
        assert_string_equal(fab_table_get(rows, r, fab_table_find_column(rows, "key"))->text, "HOME");
        assert_non_null(fab_table_get(rows, r, fab_table_find_column(rows, "period"))->text);
        found++;
    }
    assert_int_equal(found, 2);
    fab_table_free(rows);
}

static void it_stands_in_json(void **state)
{
    struct fixture *fixture = *state;
    char *json = fab_result_json(fixture->result.answer);
    assert_non_null(strstr(json, "\"equation\": \"H2O\""));
    assert_non_null(strstr(json, "\"text\": \"water of HOME\""));
    fab_free(json);
}

/* The texts of a workbook. */
static char *read_texts(const char *path)
{
    unz_file_info info;
    unzFile file = unzOpen(path);
    assert_non_null(file);
    assert_int_equal(unzLocateFile(file, "xl/sharedStrings.xml", 1), UNZ_OK);
    assert_int_equal(unzGetCurrentFileInfo(file, &info, NULL, 0, NULL, 0, NULL, 0), UNZ_OK);
    char *text = calloc(info.uncompressed_size + 1, 1);
    assert_non_null(text);
    assert_int_equal(unzOpenCurrentFile(file), UNZ_OK);
    assert_int_equal(unzReadCurrentFile(file, text, (unsigned)info.uncompressed_size), (int)info.uncompressed_size);
    unzCloseCurrentFile(file);
    unzClose(file);
    return text;
}

static void it_stands_in_the_workbook(void **state)
{
    struct fixture *fixture = *state;
    char folder[] = "/tmp/fab_family_XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/plan.xlsx", folder);
    const fab_report_request request = {.plan = fixture->result.plan, .book = "planner", .path = path};
    assert_int_equal(fab_report(fixture->context, fixture->handle, &request), FAB_OK);
    char *texts = read_texts(path);
    assert_non_null(strstr(texts, "water of HOME"));
    free(texts);
    unlink(path);
    rmdir(folder);
}

/* The price of a start's water and of its hours add up to what a start earns: only the water binds. */
static void it_is_the_reason(void **state)
{
    fab_table *reasons = select_plan(*state, "json_reasons");
    int first = 0;
    for (int r = 0; r < fab_table_rows(reasons); r++) {
        const char *equation = fab_table_get(reasons, r, fab_table_find_column(reasons, "equation"))->text;
        assert_string_not_equal(equation, "CAP");
        first += strcmp(equation, "H2O") == 0;
    }
    assert_int_equal(first, 2); /* of each of the two short orders */
    fab_table_free(reasons);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_limit_holds),           cmocka_unit_test(it_has_names_and_tags), cmocka_unit_test(it_stands_in_json),
        cmocka_unit_test(it_stands_in_the_workbook), cmocka_unit_test(it_is_the_reason),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
