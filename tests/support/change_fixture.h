/* What the tests of changes share: a small fab as CSV texts, changes as the lines of a file, and models compared member by member.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_FIXTURE_H
#define FAB_CHANGE_FIXTURE_H

#include "store_fixture.h"

#include "change_apply.h"
#include "member.h"
#include "scenario.h"

#include <math.h>

struct table_text {
    const char *table, *text;
};

/* Four months; a logic line with a route, an external line with two bought items. */
static const struct table_text small_fab[] = {
    {"site", "site,name\nS,Site\n"},
    {"line", "line,site,kind,name,base_load_mw\nLOGIC,S,logic,Logic,1\nX,S,external,Bought,\n"},
    {"calendar", "period,start_date,end_date\n2027-01,2027-01-01,2027-02-01\n2027-02,2027-02-01,2027-03-01\n2027-03,2027-03-01,2027-04-01\n"
                 "2027-04,2027-04-01,2027-05-01\n"},
    {"tool_group", "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                   "ETCH,LOGIC,Etch,2,0.9,0.9,1000,10,30,1,\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,5\n"},
    {"tool_count", "tool_group,from_date,tools\nLITHO,2027-02-01,4\nLITHO,2027-04-01,5\n"},
    {"tool_delivery_limit", "tool_group,from_date,to_date,max_tools\nLITHO,2027-01-01,2027-03-01,2\nLITHO,2027-03-01,2027-05-01,4\n"},
    {"tool_alternate", "tool_group,alternate,route,step,hours_ratio\nETCH,LITHO,,,\nETCH,LITHO,R,10,1.5\n"},
    {"route", "route,line,name\nR,LOGIC,Route\n"},
    {"route_step", "route,step,tool_group,minutes_per_unit\nR,10,ETCH,30\nR,20,LITHO,60\n"},
    {"cycle_time", "route,from_date,days\nR,2027-01-01,10\nR,2027-03-01,12\n"},
    {"item", "item,kind,name,unit_value_usd,max_stock\nCHIP,chip,Chip,100,\nDIE,die,Die,10,500\nPART,component,Part,1,\n"},
    {"receipt", "item,date,quantity,source\nPART,2027-01-10,100,BUY_PART\nPART,2027-03-10,200,\n"},
    {"bom", "item,component,quantity\nCHIP,DIE,1\nCHIP,PART,2\n"},
    {"process", "process,model,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,line_yield_start,line_yield_mature\n"
                "P,poisson,0.5,0.1,2027-02-01,30,0.8,0.9\n"},
    {"die", "item,width_mm,height_mm,gross_die\nDIE,10,10,600\n"},
    {"source", "source,item,line,route,region,lead_time_days,process,consumes_bom,available_from\nBUY/CHIP,CHIP,X,,TW,20,,0,\nBUY_PART,PART,X,,KR,10,,,\n"
               "MAKE,DIE,LOGIC,R,US,,P,,2027-01-01\n"},
    {"source_cost", "source,from_date,usd_per_start\nBUY_PART,2027-01-15,2\nMAKE,2027-01-01,100\nMAKE,2027-03-01,120\n"},
    {"source_limit", "source,from_date,to_date,min_starts_per_week,max_starts_per_week,shortfall_usd_per_start\n"
                     "BUY/CHIP,2027-01-01,2027-05-01,5,100,\nBUY_PART,2027-01-01,2027-03-01,,,3\nBUY_PART,2027-03-01,2027-05-01,10,1000,3\n"},
    {"source_yield", "source,from_date,line_yield,unit_yield\nBUY_PART,2027-01-01,1,0.99\n"},
    {"dependency", "source,region,share,lag_days\nBUY/CHIP,TW,1,0\nBUY_PART,KR,0.5,31\nBUY_PART,TW,0.25,\n"},
    {"customer", "customer,name,min_fill\nC1,One,0.5\nC2,Two,\n"},
    {"demand", "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-05,10,500,,firm\nD2,C1,CHIP,2027-02-20,20,500,0.9,firm\n"
               "D3,C2,CHIP,2027-03-01,40,450,,forecast\n"},
    {"shipment_limit", "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-01-01,2027-05-01,50\n"},
    {"power_limit", "site,from_date,mw,usd_per_mwh\nS,2027-01-01,20,50\nS,2027-03-01,30,50\n"},
    {"capex_budget", "from_date,usd\n2027-01-01,1000\n2027-03-01,4000\n"},
    {"setting", "key,value\ndiscount_rate,0.1\nplan_name,Small\n"},
};

enum { SMALL_FAB_TABLES = sizeof small_fab / sizeof *small_fab, TABLE_TEXT_MAX = 8 };

static inline void write_fab_table(struct fixture *fixture, const char *folder, const char *table, const char *text)
{
    char name[128];
    snprintf(name, sizeof name, "%s/%s.csv", folder, table);
    fixture_write(fixture, name, text, strlen(text));
}

/* The small fab with some tables replaced or added (`other` ends with a NULL table). */
static inline void write_fab(struct fixture *fixture, const char *folder, const struct table_text other[])
{
    char path[FIXTURE_PATH_SIZE * 2];
    mkdir(fixture_path(fixture, folder, path), 0777);
    for (int t = 0; t < SMALL_FAB_TABLES; t++)
        write_fab_table(fixture, folder, small_fab[t].table, small_fab[t].text);
    for (const struct table_text *o = other; o && o->table; o++)
        write_fab_table(fixture, folder, o->table, o->text);
}

static inline fab_model *load_folder(struct fixture *fixture, const char *path)
{
    fab_store *store = NULL;
    fab_model *model = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, path);
    fixture_ok(fixture, fab_store_load_model(fixture->context, store, &model));
    fab_store_close(store);
    return model;
}

static inline fab_model *load_fab(struct fixture *fixture, const struct table_text other[])
{
    char path[FIXTURE_PATH_SIZE * 2];
    write_fab(fixture, "fab", other);
    return load_folder(fixture, fixture_path(fixture, "fab", path));
}

/* The small fab as it is, loaded once for each test program: nothing that changes a model may touch it (assert_base_is_frozen). */
static inline const fab_model *small_model(struct fixture *fixture)
{
    static fab_model *kept;
    if (!kept)
        kept = load_fab(fixture, NULL);
    return kept;
}

/* The changes of the lines `table,key,column,operation,value,from,to`, numbered from 1. */
static inline struct fab_change_list *read_changes(struct fixture *fixture, const char *const lines[])
{
    char text[16384] = "scenario,number,table,key,column,operation,value,from,to\n", path[FIXTURE_PATH_SIZE * 2];
    struct fab_scenarios *scenarios = fab_scenarios_new();
    struct fab_change_list *list = fab_change_list_new();
    for (int l = 0; lines[l]; l++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "T,%d,%s\n", l + 1, lines[l]);
    }
    fixture_write(fixture, "changes.csv", text, strlen(text));
    fixture_ok(fixture, fab_scenarios_read(fixture->context, fixture_path(fixture, "changes.csv", path), scenarios));
    fixture_ok(fixture, fab_scenarios_take(fixture->context, scenarios, "T", list));
    fab_scenarios_free(scenarios);
    return list;
}

static inline fab_status change_model(struct fixture *fixture, const fab_model *model, const char *const lines[], fab_model **changed)
{
    struct fab_change_list *list = read_changes(fixture, lines);
    fab_status status = fab_model_change(fixture->context, model, list, changed);
    fab_change_list_free(list);
    return status;
}

/* A table as text, for messages and comparison: references by their ids. */
static inline void print_rows(const fab_model *model, const struct fab_table_def *def, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int r = 0; r < *fab_model_row_count((fab_model *)model, def); r++)
        for (int c = 0; c <= def->column_count && used < size; c++) {
            const char *row = *fab_model_rows((fab_model *)model, def) + (size_t)r * def->record_size;
            const struct fab_column *column = &def->columns[c];
            char number[64] = "";
            const char *shown = number;
            if (c == def->column_count) {
                used += (size_t)snprintf(text + used, size - used, "\n");
                continue;
            }
            if (fab_member_is_text(column)) {
                shown = fab_member_text(column, row);
            } else if (column->type == FAB_COLUMN_REF) {
                const struct fab_table_def *parent = fab_dictionary_find(column->ref);
                int index = fab_member_reference(column, row);
                shown = index == FAB_NONE ? NULL : fab_member_text(&parent->columns[0], *fab_model_rows((fab_model *)model, parent) + (size_t)index * parent->record_size);
            } else if (column->type == FAB_COLUMN_DATE && !isnan(fab_member_number(column, row))) {
                fab_date_print((int32_t)fab_member_number(column, row), number);
            } else {
                snprintf(number, sizeof number, "%.17g", fab_member_number(column, row));
            }
            used += (size_t)snprintf(text + used, size - used, "%s%s", c ? "," : "", shown ? shown : "");
        }
}

/* Every table and every named setting is the same. */
static inline void assert_same_model(const fab_model *left, const fab_model *right, const char *what)
{
    enum { SIZE = 1 << 20 };
    char *a = malloc(SIZE), *b = malloc(SIZE);
    for (int t = 0; t < fab_dictionary_count; t++) {
        if (fab_dictionary[t].record_size == 0)
            continue;
        print_rows(left, &fab_dictionary[t], a, SIZE);
        print_rows(right, &fab_dictionary[t], b, SIZE);
        if (strcmp(a, b) != 0)
            fail_msg("%s: table %s:\n%s-- is not --\n%s", what, fab_dictionary[t].name, a, b);
    }
    assert_string_equal(left->plan_name, right->plan_name);
    assert_string_equal(left->currency, right->currency);
    assert_true(left->discount_rate == right->discount_rate && left->end_value_frac == right->end_value_frac);
    assert_true(left->commitment_factor == right->commitment_factor && left->hold_days == right->hold_days);
    free(a);
    free(b);
}

/* Against a second one that nobody sees. */
static inline void assert_base_is_frozen(struct fixture *fixture)
{
    static fab_model *again;
    if (!again)
        again = load_fab(fixture, NULL);
    assert_same_model(small_model(fixture), again, "the frozen model");
}

/* Changing the small fab is the same as importing it with other tables. */
static inline void assert_changes_to(struct fixture *fixture, const char *const lines[], const struct table_text other[])
{
    fab_model *expected = load_fab(fixture, other), *changed = NULL;
    fixture_ok(fixture, change_model(fixture, small_model(fixture), lines, &changed));
    assert_same_model(changed, expected, lines[0]);
    assert_base_is_frozen(fixture);
    fab_model_free(expected);
    fab_model_free(changed);
    fixture_clear(fixture);
}

static inline void assert_change(struct fixture *fixture, const char *line, const char *table, const char *text)
{
    const char *const lines[] = {line, NULL};
    const struct table_text other[] = {{table, text}, {NULL, NULL}};
    assert_changes_to(fixture, lines, other);
}

/* The changes are refused, and the first finding has this text (and this many are said). */
static inline void assert_refused(struct fixture *fixture, const char *const lines[], int findings, const char *text)
{
    const fab_model *base = small_model(fixture);
    fab_model *changed = NULL;
    fixture_clear(fixture);
    struct fab_change_list *list = read_changes(fixture, lines);
    fab_status status = fab_model_change(fixture->context, base, list, &changed);
    if (status != FAB_INPUT || changed)
        fail_msg("%s: is %s", lines[0], fab_status_name(status));
    if (fixture->line_count < 1 || !strstr(fixture->lines[0], text))
        fail_msg("%s: '%s' is not '%s'", lines[0], fixture->line_count ? fixture->lines[0] : "", text);
    if (fixture->line_count != findings)
        fail_msg("%s: %d findings, not %d: %s", lines[0], fixture->line_count, findings, fixture->line_count > 1 ? fixture->lines[1] : "");
    fixture_clear(fixture);
    fab_change_list_free(list);
    assert_base_is_frozen(fixture);
}

static inline void assert_finding(struct fixture *fixture, const char *line, const char *text)
{
    const char *const lines[] = {line, NULL};
    assert_refused(fixture, lines, 1, text);
}

#define CHANGE_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

#endif
