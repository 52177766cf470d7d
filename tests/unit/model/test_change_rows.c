/* What set, scale, add, shift, insert and delete make of rows: the changed model is the one that the import of a hand-edited data set gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

static void set_changes_a_column(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "dependency,BUY_PART/KR,share,set,0.75,,", "dependency",
                  "source,region,share,lag_days\nBUY/CHIP,TW,1,0\nBUY_PART,KR,0.75,31\nBUY_PART,TW,0.25,\n");
    assert_change(fixture, "route_step,R/20,tool_group,set,ETCH,,", "route_step", /* a reference */
                  "route,step,tool_group,minutes_per_unit\nR,10,ETCH,30\nR,20,ETCH,60\n");
    assert_change(fixture, "line,X,kind,set,packaging,,", "line", /* a choice */
                  "line,site,kind,name,base_load_mw\nLOGIC,S,logic,Logic,1\nX,S,packaging,Bought,\n");
    assert_change(fixture, "process,P,learning_start,set,2027-03,,", "process", /* a date */
                  "process,model,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,line_yield_start,line_yield_mature\n"
                  "P,poisson,0.5,0.1,2027-03-01,30,0.8,0.9\n");
    assert_change(fixture, "setting,discount_rate,value,set,0.2,,", "setting", "key,value\ndiscount_rate,0.2\nplan_name,Small\n");
    assert_change(fixture, "setting,plan_name,value,set,Other,,", "setting", "key,value\ndiscount_rate,0.1\nplan_name,Other\n");
}

static void set_fills_and_empties(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "item,*;max_stock=,max_stock,set,9,,", "item",
                  "item,kind,name,unit_value_usd,max_stock\nCHIP,chip,Chip,100,9\nDIE,die,Die,10,500\nPART,component,Part,1,9\n");
    assert_change(fixture, "item,DIE,max_stock,set,,,", "item",
                  "item,kind,name,unit_value_usd,max_stock\nCHIP,chip,Chip,100,\nDIE,die,Die,10,\nPART,component,Part,1,\n");
    assert_change(fixture, "tool_group,POWER,supply_mw,set,,,", "tool_group", /* the default is 0 */
                  "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                  "ETCH,LOGIC,Etch,2,0.9,0.9,1000,10,30,1,\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,\n");
    assert_change(fixture, "source,MAKE,region,set,,,", "source",
                  "source,item,line,route,region,lead_time_days,process,consumes_bom,available_from\nBUY/CHIP,CHIP,X,,TW,20,,0,\nBUY_PART,PART,X,,KR,10,,,\n"
                  "MAKE,DIE,LOGIC,R,,,P,,2027-01-01\n");
    assert_finding(fixture, "item,DIE,kind,set,,,", "kind is empty, must be given");
}

static void scale_and_add_take_an_empty_cell_as_its_default(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "tool_alternate,ETCH/LITHO,hours_ratio,scale,2,,", "tool_alternate",
                  "tool_group,alternate,route,step,hours_ratio\nETCH,LITHO,,,2\nETCH,LITHO,R,10,3\n");
    assert_change(fixture, "tool_group,*,supply_mw,add,1,,", "tool_group",
                  "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                  "ETCH,LOGIC,Etch,2,0.9,0.9,1000,10,30,1,1\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,1\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,6\n");
    assert_change(fixture, "dependency,*/TW,lag_days,add,7,,", "dependency",
                  "source,region,share,lag_days\nBUY/CHIP,TW,1,7\nBUY_PART,KR,0.5,31\nBUY_PART,TW,0.25,7\n");
}

static void no_limit_and_what_comes_from_elsewhere_stays_empty(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "item,*,max_stock,scale,0.5,,", "item",
                  "item,kind,name,unit_value_usd,max_stock\nCHIP,chip,Chip,100,\nDIE,die,Die,10,250\nPART,component,Part,1,\n");
    assert_change(fixture, "source_limit,*,max_starts_per_week,add,1,,", "source_limit",
                  "source,from_date,to_date,min_starts_per_week,max_starts_per_week,shortfall_usd_per_start\n"
                  "BUY/CHIP,2027-01-01,2027-05-01,5,101,\nBUY_PART,2027-01-01,2027-03-01,,,3\nBUY_PART,2027-03-01,2027-05-01,10,1001,3\n");
    assert_change(fixture, "source_limit,*,shortfall_usd_per_start,scale,2,,", "source_limit",
                  "source,from_date,to_date,min_starts_per_week,max_starts_per_week,shortfall_usd_per_start\n"
                  "BUY/CHIP,2027-01-01,2027-05-01,5,100,\nBUY_PART,2027-01-01,2027-03-01,,,6\nBUY_PART,2027-03-01,2027-05-01,10,1000,6\n");
    assert_change(fixture, "demand,*,min_fill,scale,0.5,,", "demand",
                  "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-05,10,500,,firm\n"
                  "D2,C1,CHIP,2027-02-20,20,500,0.45,firm\nD3,C2,CHIP,2027-03-01,40,450,,forecast\n");
    assert_finding(fixture, "line,*,floor_m2,scale,2,,", "value is '2', must change something (2 rows stay as they are)");
    assert_finding(fixture, "source,*,units_per_start,scale,2,,", "must change something (3 rows stay as they are)");
}

static void what_changes_nothing_is_a_finding(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "tool_group,ETCH,availability,set,0.9,,", "value is '0.9', must change something (1 row stays as it is)");
    assert_finding(fixture, "tool_group,*,tools,scale,1,,", "must change something");
    assert_finding(fixture, "tool_group,*,tools,add,0,,", "must change something");
    assert_change(fixture, "tool_group,*,floor_m2,set,20,,", "tool_group", /* one of them is enough */
                  "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                  "ETCH,LOGIC,Etch,2,0.9,0.9,1000,20,30,1,\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,\nPOWER,LOGIC,Gas,0,1,1,3000,20,0,1,5\n");
}

static void values_follow_the_rules_of_the_import(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "tool_group,ETCH,availability,set,90,,", "availability is '90', must be 0 to 1 (percent? write 0.9)");
    assert_finding(fixture, "tool_group,ETCH,availability,scale,1.2,,", "availability is '1.08', must be 0 to 1");
    assert_finding(fixture, "tool_group,ETCH,tools,add,-3,,", "tools is '-1', must be 0 or more");
    assert_finding(fixture, "tool_group,ETCH,tools,set,many,,", "tools is 'many', must be a plain decimal number");
    assert_finding(fixture, "tool_group,ETCH,tools,add,many,,", "changes.csv:2:31: value is 'many', must be a plain decimal number");
    assert_finding(fixture, "tool_group,ETCH,tools,add,1..2,,", "value is '1..2', must be a plain decimal number"); /* a ramp is of scale */
    assert_finding(fixture, "line,X,kind,set,logik,,", "kind is 'logik', must be one of logic, memory, packaging, external (logic?)");
    assert_finding(fixture, "route_step,R/10,tool_group,set,NONE,,", "tool_group is 'NONE', must be in table tool_group");
    assert_finding(fixture, "tool_group,ETCH,buyable,set,yes,,", "buyable is 'yes', must be 0 or 1 (write 1)");
    assert_finding(fixture, "setting,discount_rate,value,set,7,,", "discount_rate is '7', must be 0 to 1");
}

static void columns_that_cannot_be_changed(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "tool_group,ETCH,availabilty,set,0.5,,", "changes.csv:2:21: column is 'availabilty', must be a column of table tool_group (availability?)");
    assert_finding(fixture, "process,P,d0_per_cm,scale,2,,", "must be a column of table process (d0_per_cm2?)");
    assert_finding(fixture, "tool_group,ETCH,tool_group,set,ETCH2,,", "column is 'tool_group', must not be of the key of table tool_group");
    assert_finding(fixture, "cycle_time,R,from_date,set,2027-02-01,,", "column is 'from_date', must not be of the key");
    assert_finding(fixture, "tool_group,ETCH,name,scale,2,,", "column is 'name', must be a number for scale");
    assert_finding(fixture, "tool_group,ETCH,buyable,add,1,,", "column is 'buyable', must be a number for add");
    assert_finding(fixture, "tool_grup,ETCH,tools,set,1,,", "changes.csv:2:5: table is 'tool_grup', must be a table of the plan's data, or region (tool_group?)");
    assert_finding(fixture, "divers,*,quantity,scale,2,,", "table is 'divers', must be a table of the plan's data, or region (driver?)");
    assert_finding(fixture, "lot,*,wafers,scale,2,,", "table is 'lot', must be a table of the plan's data");
}

static void a_table_without_dates_takes_no_from_and_to(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "item,DIE,max_stock,scale,2,2027-01-01,", "from is given, must be empty: table item has no dates");
    assert_finding(fixture, "item,DIE,max_stock,scale,2,,2027-01-01", "to is given, must be empty: table item has no dates");
    assert_finding(fixture, "item,DIE,max_stock,scale,1..2,,", "value is '1..2', must have from and to that the ramp runs between, and a table with dates");
    assert_finding(fixture, "route_step,R/10,,delete,,2027-01-01,", "from is given, must be empty: table route_step has no dates");
    assert_finding(fixture, "cycle_time,R,days,scale,2,2027-03-01,2027-03-01", "to is '2027-03-01', must be after from 2027-03-01");
}

static void shift_moves_the_date_of_rows(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "cycle_time,R,,shift,5,,", "cycle_time", "route,from_date,days\nR,2027-01-06,10\nR,2027-03-06,12\n");
    assert_change(fixture, "cycle_time,R,from_date,shift,-5,,", "cycle_time", "route,from_date,days\nR,2026-12-27,10\nR,2027-02-24,12\n");
    assert_change(fixture, "demand,D1|D2,,shift,7,,", "demand",
                  "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-12,10,500,,firm\n"
                  "D2,C1,CHIP,2027-02-27,20,500,0.9,firm\nD3,C2,CHIP,2027-03-01,40,450,,forecast\n");
    assert_change(fixture, "receipt,PART,date,shift,1,,", "receipt", "item,date,quantity,source\nPART,2027-01-11,100,BUY_PART\nPART,2027-03-11,200,\n");
    assert_change(fixture, "process,P,learning_start,shift,28,,", "process", /* no date of the row: the one that is named */
                  "process,model,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,line_yield_start,line_yield_mature\n"
                  "P,poisson,0.5,0.1,2027-03-01,30,0.8,0.9\n");
}

static void shift_moves_a_window_as_a_whole(void **state)
{
    struct fixture *fixture = *state;
    static const char moved[] = "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-02-01,2027-06-01,50\n";
    assert_change(fixture, "shipment_limit,C1/CHIP,,shift,31,,", "shipment_limit", moved);
    assert_change(fixture, "shipment_limit,C1/CHIP,from_date,shift,31,,", "shipment_limit", moved);
    assert_change(fixture, "tool_delivery_limit,LITHO,,shift,10,2027-03-01,", "tool_delivery_limit",
                  "tool_group,from_date,to_date,max_tools\nLITHO,2027-01-01,2027-03-01,2\nLITHO,2027-03-11,2027-05-11,4\n");
}

static void shift_with_dates_moves_rows_inside_and_splits_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "cycle_time,R,,shift,5,2027-02-01,", "cycle_time", "route,from_date,days\nR,2027-01-01,10\nR,2027-03-06,12\n");
    assert_change(fixture, "cycle_time,R,,shift,5,,2027-03-01", "cycle_time", "route,from_date,days\nR,2027-01-06,10\nR,2027-03-01,12\n");
    assert_finding(fixture, "cycle_time,R,,shift,5,2027-01-02,2027-02-01", "from and to leave no row, must meet a row of table cycle_time (by its from_date)");
}

static void a_first_tool_count_moved_later_is_a_warning(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"tool_count,LITHO,,shift,10,,", NULL};
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    fixture_clear(fixture);
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    assert_int_equal(fixture->line_count, 1);
    assert_int_equal(fixture->levels[0], FAB_LEVEL_WARNING);
    assert_non_null(strstr(fixture->lines[0], "the first row of LITHO moves to a later date: until 2027-02-11 holds tool_group.tools"));
    assert_int_equal(changed->tool_count[0].from_date, fab_date_from_civil(2027, 2, 11));
    fab_model_free(base);
    fab_model_free(changed);
    fixture_clear(fixture);
    assert_change(fixture, "tool_count,LITHO,,shift,10,2027-03-01,", "tool_count", "tool_group,from_date,tools\nLITHO,2027-02-01,4\nLITHO,2027-04-11,5\n");
}

static void shifts_that_are_wrong(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "cycle_time,R,days,shift,5,,", "column is 'days', must be empty or from_date");
    assert_finding(fixture, "item,DIE,,shift,5,,", "column is '', must be a date of table item, whose rows have none of their own");
    assert_finding(fixture, "cycle_time,R,,shift,0.5,,", "value is '0.5', must be a whole number of days, not 0");
    assert_finding(fixture, "cycle_time,R,,shift,0,,", "must be a whole number of days, not 0");
    assert_finding(fixture, "cycle_time,R,,shift,999999,,", "from_date becomes no date");
    assert_finding(fixture, "cycle_time,R,,shift,59,,2027-02-01", "table cycle_time has 'R 2027-03-01' twice, must be unique");
}

static void insert_gives_the_columns(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "cycle_time,,,insert,route=R;from_date=2027-02-01;days=11,,", "cycle_time",
                  "route,from_date,days\nR,2027-01-01,10\nR,2027-02-01,11\nR,2027-03-01,12\n");
    assert_change(fixture, "tool_group,,,insert,tool_group=CMP;line=LOGIC;name=Polish;tools=1;availability=0.5;max_utilisation=0.5;basis=a guess,,", "tool_group",
                  "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                  "CMP,LOGIC,Polish,1,0.5,0.5,,,,,\nETCH,LOGIC,Etch,2,0.9,0.9,1000,10,30,1,\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,\n"
                  "POWER,LOGIC,Gas,0,1,1,3000,0,0,1,5\n");
    assert_change(fixture, "customer,,,insert,customer=C0;name=a\\;b,,", "customer", "customer,name,min_fill\nC0,a;b,\nC1,One,0.5\nC2,Two,\n");
    assert_change(fixture, "setting,,,insert,key=hold_days;value=3,,", "setting", "key,value\ndiscount_rate,0.1\nhold_days,3\nplan_name,Small\n");
}

static void inserts_that_are_wrong(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "cycle_time,,,insert,route=R;from_date=2027-02-01,,", "days is empty, must be given");
    assert_finding(fixture, "cycle_time,,,insert,route=Q;from_date=2027-02-01;days=1,,", "route is 'Q', must be in table route");
    assert_finding(fixture, "cycle_time,,,insert,route=R;from_date=2027-01-01;days=1,,", "table cycle_time has 'R 2027-01-01' twice, must be unique");
    assert_finding(fixture, "cycle_time,,,insert,route=R;from=2027-01-02;days=1,,", "value has 'from', must be a column of table cycle_time");
    assert_finding(fixture, "cycle_time,,,insert,route=R;days=1;days=2;from_date=2027-01-02,,", "value gives days twice");
    assert_finding(fixture, "cycle_time,,,insert,R,,", "value has 'R', must be column=value");
    assert_finding(fixture, "cycle_time,R,,insert,route=R;from_date=2027-01-02;days=1,,", "key is given, must be empty");
    assert_finding(fixture, "cycle_time,,,insert,route=R;from_date=2027-01-02;days=1,2027-01-01,", "from and to are given, must be empty");
    assert_finding(fixture, "setting,,,insert,key=hold_day;value=3,,", "key is 'hold_day', must be a known setting");
}

static void delete_removes_rows(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "dependency,BUY_*/TW,,delete,,,", "dependency", "source,region,share,lag_days\nBUY/CHIP,TW,1,0\nBUY_PART,KR,0.5,31\n");
    assert_change(fixture, "source_cost,MAKE,,delete,,,", "source_cost", "source,from_date,usd_per_start\nBUY_PART,2027-01-15,2\n");
    assert_change(fixture, "demand,*,,delete,,2027-02-01,2027-03-01", "demand",
                  "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-05,10,500,,firm\n"
                  "D3,C2,CHIP,2027-03-01,40,450,,forecast\n");
    assert_finding(fixture, "dependency,BUY_*/TW,share,delete,,,", "column is given, must be empty: delete removes whole rows");
    assert_finding(fixture, "dependency,BUY_*/TW,,delete,0,,", "value is given, must be empty: delete removes whole rows");
}

static void a_deleted_row_must_not_be_named(void **state)
{
    struct fixture *fixture = *state;
    static const char *const with_its_rows[] = {"tool_delivery_limit,LITHO,,delete,,,", "tool_count,*,,delete,,,", "tool_alternate,*/LITHO,,delete,,,",
                                                "route_step,*/*;tool_group=LITHO,,delete,,,", "tool_group,LITHO,,delete,,,", NULL};
    static const struct table_text other[] = {
        {"tool_delivery_limit", "tool_group,from_date,to_date,max_tools\n"},
        {"tool_count", "tool_group,from_date,tools\n"},
        {"tool_alternate", "tool_group,alternate,route,step,hours_ratio\n"},
        {"route_step", "route,step,tool_group,minutes_per_unit\nR,10,ETCH,30\n"},
        {"tool_group", "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                       "ETCH,LOGIC,Etch,2,0.9,0.9,1000,10,30,1,\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,5\n"},
        {NULL, NULL}};
    assert_finding(fixture, "tool_group,LITHO,,delete,,,", "tool_group 'LITHO' is deleted, must stay: a row of table tool_count names it");
    assert_changes_to(fixture, with_its_rows, other); /* references to POWER, which has moved up, are right */
}

static void changes_work_one_after_the_other(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"cycle_time,,,insert,route=R;from_date=2027-02-01;days=20,,", "cycle_time,R;days=20,days,add,2,,",
                                        "cycle_time,R,days,scale,0.5,,", NULL};
    static const struct table_text other[] = {{"cycle_time", "route,from_date,days\nR,2027-01-01,5\nR,2027-02-01,11\nR,2027-03-01,6\n"}, {NULL, NULL}};
    static const char *const back[] = {"tool_group,ETCH,availability,scale,2,,", "tool_group,ETCH,availability,scale,0.25,,", NULL};
    static const struct table_text half[] = {
        {"tool_group", "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                       "ETCH,LOGIC,Etch,2,0.45,0.9,1000,10,30,1,\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,5\n"},
        {NULL, NULL}};
    assert_changes_to(fixture, lines, other);
    assert_changes_to(fixture, back, half); /* the data set has to be valid when all is done, not in between */
}

static void every_finding_is_reported(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"tool_group,NONE,tools,set,1,,", "cycle_time,R,days,scale,2,,", "cycle_time,R,hours,scale,2,,", "nothing,*,a,set,1,,", NULL};
    assert_refused(fixture, lines, 3, "changes.csv:2:16: key is 'NONE'");
}

static void names_that_other_rows_have_move_their_numbers(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"item,,,insert,item=A;kind=component;name=First,,", "bom,,,insert,item=CHIP;component=A;quantity=1,,", NULL};
    static const struct table_text other[] = {
        {"item", "item,kind,name,unit_value_usd,max_stock\nA,component,First,,\nCHIP,chip,Chip,100,\nDIE,die,Die,10,500\nPART,component,Part,1,\n"},
        {"bom", "item,component,quantity\nCHIP,A,1\nCHIP,DIE,1\nCHIP,PART,2\n"},
        {NULL, NULL}};
    assert_changes_to(fixture, lines, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(set_changes_a_column),
        CHANGE_TEST(set_fills_and_empties),
        CHANGE_TEST(scale_and_add_take_an_empty_cell_as_its_default),
        CHANGE_TEST(no_limit_and_what_comes_from_elsewhere_stays_empty),
        CHANGE_TEST(what_changes_nothing_is_a_finding),
        CHANGE_TEST(values_follow_the_rules_of_the_import),
        CHANGE_TEST(columns_that_cannot_be_changed),
        CHANGE_TEST(a_table_without_dates_takes_no_from_and_to),
        CHANGE_TEST(shift_moves_the_date_of_rows),
        CHANGE_TEST(shift_moves_a_window_as_a_whole),
        CHANGE_TEST(shift_with_dates_moves_rows_inside_and_splits_nothing),
        CHANGE_TEST(a_first_tool_count_moved_later_is_a_warning),
        CHANGE_TEST(shifts_that_are_wrong),
        CHANGE_TEST(insert_gives_the_columns),
        CHANGE_TEST(inserts_that_are_wrong),
        CHANGE_TEST(delete_removes_rows),
        CHANGE_TEST(a_deleted_row_must_not_be_named),
        CHANGE_TEST(changes_work_one_after_the_other),
        CHANGE_TEST(every_finding_is_reported),
        CHANGE_TEST(names_that_other_rows_have_move_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
