/* Small fabs with a wafer-lot history for the tests of the use cases: one line, one route, die A (1 cm2) and B (3 cm2) of process P, 24
 * months of calendar from 2027 on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LOT_HISTORY_H
#define FAB_LOT_HISTORY_H

#include "store_fixture.h"

#include "date.h"

#include <fabplan/history.h>
#include <math.h>

enum { LH_BUFFER = 1 << 22 };

/* A CSV file being written. */
struct lh_file {
    char *text;
    size_t used;
};

static inline struct lh_file lh_begin(const char *header)
{
    struct lh_file file = {malloc(LH_BUFFER), 0};
    file.used = (size_t)snprintf(file.text, LH_BUFFER, "%s\n", header);
    return file;
}

__attribute__((format(printf, 2, 3))) static inline void lh_add(struct lh_file *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    file->used += (size_t)vsnprintf(file->text + file->used, LH_BUFFER - file->used, format, arguments);
    va_end(arguments);
    assert_true(file->used < LH_BUFFER);
}

static inline void lh_end(struct fixture *fixture, struct lh_file *file, const char *table)
{
    char name[64];
    snprintf(name, sizeof name, "%s.csv", table);
    fixture_write(fixture, name, file->text, file->used);
    free(file->text);
}

static inline void lh_table(struct fixture *fixture, const char *table, const char *text)
{
    char name[64];
    snprintf(name, sizeof name, "%s.csv", table);
    fixture_write(fixture, name, text, strlen(text));
}

/* Everything but the history. */
static inline void lh_write_network(struct fixture *fixture)
{
    lh_table(fixture, "site", "site,name\nS,Site\n");
    lh_table(fixture, "line", "line,site,kind,name\nL1,S,logic,Logic\nL2,S,packaging,Packages\n");
    lh_table(fixture, "tool_group",
             "tool_group,line,name,tools,availability,max_utilisation\nLITHO,L1,Litho,4,0.9,0.9\nETCH,L1,Etch,4,0.85,0.9\nBOND,L2,Bond,1,0."
             "8,0.9\n");
    lh_table(fixture, "route", "route,line,name,lot_size\nR,L1,Route,25\nQ,L2,Pack,10\n");
    /* raw process time of R: (10 x 2 + 4 x 5 x 0.5 / 0.8) min x 25 / 1440 = 0.564236 days */
    lh_table(fixture, "route_step",
             "route,step,tool_group,visits,minutes_per_unit,sample_frac,rework_frac\nR,10,LITHO,10,2,,\nR,20,ETCH,4,5,0.5,0.2\nQ,10,BOND,1,"
             "1,,\n");
    lh_table(fixture, "cycle_time", "route,from_date,days\nR,2026-01-01,60\nQ,2026-01-01,5\n");
    lh_table(fixture, "item", "item,kind,name\nDA,die,Small\nDB,die,Large\nCHIP,chip,Chip\n");
    lh_table(fixture, "bom", "item,component,quantity\nCHIP,DA,1\n");
    lh_table(fixture, "process",
             "process,model,alpha,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,line_yield_start,line_yield_mature\n"
             "P,negative_binomial,2,0.9,0.3,2026-01-01,120,0.8,0.9\n");
    lh_table(fixture, "die", "item,width_mm,height_mm\nDA,10,10\nDB,15,20\n");
    lh_table(fixture, "source", "source,item,line,route,process,units_per_start\nA,DA,L1,R,P,600\nB,DB,L1,R,P,180\nC,CHIP,L2,Q,,1\n");
    lh_table(fixture, "customer", "customer,name\nBUYER,Buyer\n");
    lh_table(fixture, "demand",
             "demand,customer,item,due_date,quantity,price_usd\nD,BUYER,CHIP,2027-06-01,100,50\nE,BUYER,DB,2027-06-01,100,50\n");
    struct lh_file calendar = lh_begin("period,start_date,end_date");
    for (int m = 0; m < 24; m++) {
        char from[FAB_DATE_TEXT_SIZE], to[FAB_DATE_TEXT_SIZE];
        fab_date_print(fab_date_from_civil(2027 + m / 12, m % 12 + 1, 1), from);
        fab_date_print(fab_date_from_civil(2027 + (m + 1) / 12, (m + 1) % 12 + 1, 1), to);
        lh_add(&calendar, "%.7s,%s,%s\n", from, from, to);
    }
    lh_end(fixture, &calendar, "calendar");
}

static inline fab *lh_open(struct fixture *fixture)
{
    fab *opened = NULL;
    fixture_ok(fixture, fab_open(fixture->context, fixture->folder, FAB_WRITE, &opened));
    return opened;
}

/* ---- results ---- */

/* The table of a name; NULL name is the facts. */
static inline const fab_table *lh_section(const fab_result *result, const char *name)
{
    const fab_table *table = name ? fab_result_table(result, name) : fab_result_section(result, 0)->table;
    if (!table || (!name && fab_result_section(result, 0)->kind != FAB_SECTION_FACTS))
        fail_msg("no section %s", name ? name : "of facts");
    return table;
}

static inline const fab_value *lh_value(const fab_table *table, int row, const char *column)
{
    int c = fab_table_find_column(table, column);
    if (c < 0 || row >= fab_table_rows(table))
        fail_msg("%s has no row %d or no column %s", fab_table_name(table), row, column);
    return fab_table_get(table, row, c);
}

static inline double lh_number(const fab_table *table, int row, const char *column)
{
    return fab_value_number(lh_value(table, row, column));
}

static inline const char *lh_text(const fab_table *table, int row, const char *column)
{
    const fab_value *value = lh_value(table, row, column);
    return value->type == FAB_TEXT ? value->text : "";
}

/* First row whose column has the text; fails when there is none. */
static inline int lh_find(const fab_table *table, const char *column, const char *text)
{
    for (int r = 0; r < fab_table_rows(table); r++)
        if (strcmp(lh_text(table, r, column), text) == 0)
            return r;
    fail_msg("%s: no row with %s = %s", fab_table_name(table), column, text);
    return -1;
}

/* ---- chance ---- */

/* Uniform in (0, 1): splitmix64. */
static inline double lh_uniform(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static inline double lh_normal(uint64_t *state)
{
    return sqrt(-2 * log(lh_uniform(state))) * cos(6.283185307179586 * lh_uniform(state));
}

static inline int lh_binomial(uint64_t *state, int n, double p)
{
    int k = 0;
    for (int i = 0; i < n; i++)
        k += lh_uniform(state) < p;
    return k;
}

/* Gamma of an integer shape, mean 1. */
static inline double lh_gamma(uint64_t *state, int shape)
{
    double sum = 0;
    for (int i = 0; i < shape; i++)
        sum -= log(lh_uniform(state));
    return sum / shape;
}

#endif
