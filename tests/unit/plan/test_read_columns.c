/* What the dictionary says of columns: one that no plan reads changes nothing of the program; every other number and date changes something.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_apply.h"
#include "dictionary.h"
#include "member.h"
#include "plan_fixture.h"
#include "workshop.h"

#include <math.h>

/* The workshop, and the same with a process for its yield, each with what the other cannot have. */
static const char *const more_tables[] = {
    "@receipt\n"
    "item,date,quantity,source\n"
    "OLD,2027-01-12,4,BUY\n"
    "@bom\n"
    "item,component,quantity,source,at_frac,from_date,to_date\n"
    "CHIP,GOOD,2,,,2027-01-04,2027-02-01\n"
    "@source_output\n"
    "source,item,share,from_date,at_frac\n"
    "WAFERS,GOOD,0.75,,0.5\n"
    "WAFERS,LOW,0.2,2027-01-18,0.9\n"
    "@substitute\n"
    "item,instead_of,usd_per_unit,consumer,from_date,to_date,rate\n"
    "CHIP,OLD,3,ACME,,2027-01-25,1.5\n"
    "@source_mix\n"
    "item,source,from_date,to_date,min_share,max_share\n"
    "OLD,BUY,2027-01-04,2027-01-25,0.2,0.9\n"
    "@stock_limit\n"
    "item,from_date,to_date,max_stock,holding_frac_per_year\n"
    "CHIP,2027-01-04,2027-01-25,30,0.3\n"
    "@stock_target\n"
    "item,target,from_date,to_date,quantity,cover_days,shortfall_usd_per_unit_week\n"
    "GOOD,BANK,2027-01-04,2027-01-25,8,5,2\n"
    "@ship_target\n"
    "customer,item,by_date,shipped_before,min_quantity,max_quantity,shortfall_usd_per_unit\n"
    "ACME,CHIP,2027-01-12,3,20,80,40\n"
    "@driver\n"
    "driver,date,quantity,unit\n"
    "ROBOTS,2027-01-04,5000,robots\n"
    "ROBOTS,2027-02-01,6000,robots\n"
    "@driver_use\n"
    "driver,item,customer,from_date,units_per_driver,replacement_frac,lead_days,price_usd,shortage_usd,late_usd_per_week,max_late_days,min_fill,class\n"
    "ROBOTS,OLD,ACME,,0.5,0.1,3,110,7,2,14,0.3,firm\n",
    "@process\n"
    "process,model,alpha,critical_layers,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,systematic_yield,line_yield_start,line_yield_mature,line_halflife_days\n"
    "P1,negative_binomial,2,,0.9,0.2,2027-01-01,40,0.95,0.8,0.9,60\n"
    "@die\n"
    "item,width_mm,height_mm,repairable_defects\n"
    "DIE,40,40,1\n"
    "@source_yield\n"
    "source,from_date,line_yield,unit_yield\n"
    "@source\n"
    "source,item,line,route,units_per_start,consumes_bom,lead_time_days,process,available_from,available_to\n"
    "WAFERS,DIE,FAB,R,,,,P1,,\n"
    "PACK,CHIP,OUT,,1,1,0,,,\n"
    "BUY,OLD,OUT,,1,,3.5,,2027-01-11,2027-01-25\n",
    "@process\n"
    "process,model,critical_layers,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days\n"
    "P1,bose_einstein,20,0.05,0.01,2027-01-01,40\n"
    "@tool_group\n"
    "tool_group,line,name,tools,availability,max_utilisation\n"
    "LITHO,FAB,Scanner,2,,0.8\n"
    "ETCH,FAB,Etcher,3,1,1\n"
    "GEN,FAB,Generator,1,1,1\n"
    "@tool_down\n"
    "tool_group,cause,hours_between,units_between,hours\n"
    "LITHO,laser,90,,10\n"
    "ETCH,wet clean,,1000,2\n"
    "@route_step\n"
    "route,step,tool_group,visits,minutes_per_unit,from_frac,to_frac,rework_frac,scrap_frac,minutes_per_lot,minutes_per_batch,batch_max,batch_fill,interval_minutes_per_unit,setup_minutes,units_per_setup,lead_minutes,units_per_train,rework_to\n"
    "R,10,LITHO,1,60,0,0,,0.1,5,300,100,0.8,,60,100,20,50,\n"
    "R,20,ETCH,2,,0,1,0.1,,,,,,30,,,,,10\n"
    "@die\n"
    "item,width_mm,height_mm,gross_die\n"
    "DIE,10,10,500\n"
    "@source_yield\n"
    "source,from_date,line_yield,unit_yield\n"
    "@source\n"
    "source,item,line,route,units_per_start,consumes_bom,lead_time_days,process\n"
    "WAFERS,DIE,FAB,R,,,,P1\n"
    "PACK,CHIP,OUT,,1,1,0,\n"
    "BUY,OLD,OUT,,1,,3.5,\n",
};
enum { WORLDS = sizeof more_tables / sizeof *more_tables };

/* Layers are what independence is reported by (test_independence.c). The calendar cannot be moved by itself; settings are texts; dependencies are what stops of regions, a change, are made of. */
static bool is_read_otherwise(const struct fab_table_def *def)
{
    return strcmp(def->name, "calendar") == 0 || strcmp(def->name, "setting") == 0 || strcmp(def->name, "dependency") == 0 || strncmp(def->name, "layer", 5) == 0;
}

/* ---- the program in one number ---- */

static void mix(uint64_t *hash, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    *hash = (*hash ^ bits) * 0x100000001B3u;
    *hash ^= *hash >> 29;
}

static uint64_t digest(const fab_lp *lp)
{
    uint64_t hash = 0xCBF29CE484222325u;
    mix(&hash, lp->objective_constant);
    for (int j = 0; j < lp->column_count; j++) {
        mix(&hash, lp->column[j].objective);
        mix(&hash, lp->column[j].lower);
        mix(&hash, lp->column[j].upper);
    }
    for (int i = 0; i < lp->row_count; i++) {
        mix(&hash, lp->row[i].lower);
        mix(&hash, lp->row[i].upper);
    }
    for (int k = 0; k < lp->nonzero_count; k++)
        mix(&hash, lp->value[k]);
    return hash;
}

/* ---- another value ---- */

static double other_number(const struct fab_table_def *def, const struct fab_column *column, double number)
{
    double low = column->minimum < 0 ? 0 : column->minimum, high = fmin(column->maximum, low + 30);
    if (column->type == FAB_COLUMN_FLAG)
        return number == 1 ? 0 : 1;
    if (column->type == FAB_COLUMN_DATE)
        return isnan(number) ? fab_date_from_civil(2027, 1, 11) : number + (column == fab_table_def_end(def) ? -14 : 7);
    if (isnan(number))
        return low + 0.37 * (high - low);
    return column->maximum <= 1 ? fmax(0.93 * number, 0.013) : fmin(3.1 * number + 0.9, column->maximum);
}

static void change_column(fab_model *model, const struct fab_table_def *def, const struct fab_column *column)
{
    char *rows = *fab_model_rows(model, def);
    for (int r = 0; r < *fab_model_row_count(model, def); r++) {
        void *row = rows + (size_t)r * def->record_size;
        if (fab_member_is_text(column))
            fab_member_put_text(column, row, "forecast");
        else
            fab_member_put_number(column, row, other_number(def, column, fab_member_number(column, row)));
    }
}

/* The digest of a model's program; 0 for one that cannot be built. */
static uint64_t digest_of(fab_context *context, const fab_model *model)
{
    struct fab_change_list *none = fab_change_list_new();
    fab_model *whole = NULL; /* with the orders that drivers make */
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    uint64_t hash = 0;
    if (fab_model_change(context, model, none, &whole) == FAB_OK && fab_terms_new(context, whole, &terms) == FAB_OK && fab_program_new(context, terms, NULL, &program) == FAB_OK)
        hash = digest(program->lp);
    fab_program_free(program);
    fab_terms_free(terms);
    fab_model_free(whole);
    fab_change_list_free(none);
    return hash;
}

static bool is_read(struct world worlds[], const struct fab_table_def *def, const struct fab_column *column)
{
    bool read = false;
    for (int w = 0; w < WORLDS && !read; w++) {
        fab_model *changed = fab_model_copy(worlds[w].model);
        assert_non_null(changed);
        change_column(changed, def, column);
        read = digest_of(worlds[w].context, changed) != digest_of(worlds[w].context, worlds[w].model);
        fab_model_free(changed);
    }
    return read;
}

static int count_wrong(struct world worlds[], const struct fab_table_def *def)
{
    int wrong = 0;
    for (int c = 0; c < def->column_count; c++) {
        const struct fab_column *column = &def->columns[c];
        bool unread = (column->flags & (FAB_UNREAD | FAB_BY_POLICY | FAB_BY_WHOLE | FAB_BY_REPORT)) != 0;
        if ((column->flags & FAB_KEY) || is_read_otherwise(def) || !(unread || fab_member_is_number(column) || column->type == FAB_COLUMN_DATE))
            continue;
        if (is_read(worlds, def, column) != unread)
            continue;
        print_error("%s.%s is %s\n", def->name, column->name, unread ? "read" : "not read");
        wrong++;
    }
    return wrong;
}

static void every_number_is_read_or_said_not_to_be(void **state)
{
    struct world worlds[WORLDS];
    int wrong = 0;
    (void)state;
    for (int w = 0; w < WORLDS; w++)
        world_of_text(&worlds[w], workshop, more_tables[w]);
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            wrong += count_wrong(worlds, &fab_dictionary[t]);
    for (int w = 0; w < WORLDS; w++)
        world_finish(&worlds[w]);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_read_or_said_not_to_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
