/* A small fab whose sources have one yield model each, and the history that is simulated of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HISTORY_FIXTURE_H
#define FAB_HISTORY_FIXTURE_H

#include "store_fixture.h"

#include "assert_close.h"
#include "simulate.h"

enum { PATH_SIZE = FIXTURE_PATH_SIZE * 2 };

/* Days of the small fab's cycle time; its calendar, and so the end of its history, begins on 2027-01-04. */
#define SMALL_CYCLE_DAYS 20.0
#define SMALL_LOT_SIZE 10

static const struct {
    const char *table, *text;
} small_fab[] = {
    {"site", "site,name\nS,Site\n"},
    {"line", "line,site,kind,name\nFAB,S,logic,Line\nOUT,S,external,Foundry\n"},
    {"calendar", "period,start_date,end_date\nP1,2027-01-04,2027-02-01\n"},
    {"tool_group", "tool_group,line,name,tools,availability,max_utilisation\nLITHO,FAB,Litho,30,0.9,0.8\nETCH,FAB,Etch,30,0.75,0.9\n\"T,"
                   "EST\",FAB,Test,2,0.97,0.5\n"},
    {"route", "route,line,name,lot_size\nR,FAB,Route,10\nX,OUT,Foreign,25\n"},
    {"cycle_time", "route,from_date,days\nR,2020-01-01,20\nX,2020-01-01,20\n"},
    {"route_step", "route,step,tool_group,visits,minutes_per_unit\nR,10,LITHO,3,2\nR,20,ETCH,2,4\nR,30,LITHO,3,2\nR,40,ETCH,1,3\nR,45,\"T,"
                   "EST\",1,1\nR,50,LITHO,1,1\n"},
    {"item", "item,kind,name\nD,die,Die\nD.A,die,Bin A\nD.B,die,Bin B\nM,die,Repaired die\n\"CH,IP\",chip,Chip\n"},
    {"bom", "item,component,quantity\n\"CH,IP\",D.A,1\n"},
    {"process", "process,model,alpha,critical_layers,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,systematic_yield,line_"
                "yield_start,line_yield_mature\n"
                "NB,negative_binomial,2,,0.5,0.5,2020-01-01,100,0.95,0.9,0.9\n"
                "POI,poisson,,,0.5,0.5,2020-01-01,100,0.95,1,1\n"
                "MUR,murphy,,,0.5,0.5,2020-01-01,100,1,1,1\n"
                "SEE,seeds,,,0.5,0.5,2020-01-01,100,1,1,1\n"
                "BE,bose_einstein,,10,0.05,0.05,2020-01-01,100,1,1,1\n"
                "LEARN,negative_binomial,3,,1,0.2,2030-01-01,90,0.95,0.9,0.9\n"},
    {"die", "item,width_mm,height_mm,repairable_defects\nD,10,10,\nM,10,10,2\n"},
    {"source", "source,item,line,route,process\ns_nb,D,FAB,R,NB\ns_poisson,D,FAB,R,POI\ns_murphy,D,FAB,R,MUR\ns_seeds,D,FAB,R,SEE\n"
               "s_layers,D,FAB,R,BE\ns_learn,D,FAB,R,LEARN\ns_repaired,M,FAB,R,NB\ns_foreign,D,OUT,X,NB\ns_assembly,\"CH,IP\",FAB,R,\n"},
    {"source_output", "source,item,share\ns_nb,D.A,0.7\ns_nb,D.B,0.2\ns_poisson,D.B,1\n"},
    {"customer", "customer,name\nC1,One\nC2,Two\n"},
    {"demand", "demand,customer,item,due_date,quantity,price_usd\nd1,C1,\"CH,IP\",2027-01-04,5,1\nd2,C2,M,2027-01-04,5,1\n"},
};

/* Writes the small fab and imports it. */
static inline fab_store *open_small_fab(struct fixture *fixture)
{
    char folder[PATH_SIZE], name[128];
    fab_store *store = NULL;
    mkdir(fixture_path(fixture, "small", folder), 0777);
    for (size_t t = 0; t < sizeof small_fab / sizeof *small_fab; t++) {
        snprintf(name, sizeof name, "small/%s.csv", small_fab[t].table);
        fixture_write(fixture, name, small_fab[t].text, strlen(small_fab[t].text));
    }
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, fixture_path(fixture, "small", folder));
    return store;
}

static inline fab_status simulate_into(struct fixture *fixture, fab_store *store, const struct fab_history_options *options,
                                       const char *name, struct fab_history_summary *summary)
{
    char folder[PATH_SIZE];
    fab_model *model = NULL;
    fixture_ok(fixture, fab_store_load_model(fixture->context, store, &model));
    fab_status status = fab_history_simulate(fixture->context, model, options, fixture_path(fixture, name, folder), summary);
    fab_model_free(model);
    return status;
}

/* Simulates and imports the history into the store it was made of. The truth lies in NAME/truth.txt. */
static inline void add_history(struct fixture *fixture, fab_store *store, const struct fab_history_options *options, const char *name)
{
    static const char *const tables[] = {"lot", "wafer", "lot_event", "bin", "wafer_test", "wafer_bin", "die_map", "tool_event"};
    enum { TABLES = sizeof tables / sizeof *tables };
    char files[TABLES][PATH_SIZE];
    const char *paths[TABLES];
    fixture_ok(fixture, simulate_into(fixture, store, options, name, NULL));
    for (int t = 0; t < TABLES; t++) {
        snprintf(files[t], sizeof files[t], "%s/%s/%s.csv", fixture->folder, name, tables[t]);
        paths[t] = files[t];
    }
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, TABLES, NULL, NULL));
}

static inline fab_table *select_rows(struct fixture *fixture, fab_store *store, const char *sql)
{
    fab_table *table = NULL;
    fixture_ok(fixture, fab_store_select_text(fixture->context, store, sql, "test", NULL, 0, &table));
    return table;
}

static inline double number_at(const fab_table *table, int row, int column)
{
    return fab_value_number(fab_table_get(table, row, column));
}

/* The sums of a sample: is its mean the expected one, by the errors that the sample itself shows? */
struct sample {
    double count, sum, squares;
};

static inline void sample_add(struct sample *sample, double value)
{
    sample->count++;
    sample->sum += value;
    sample->squares += value * value;
}

/* Within 4.5 standard errors: 7e-6 for one comparison. The seeds are fixed: a test that passes goes on to pass. */
static inline void assert_sample(const char *what, const struct sample *sample, double expected)
{
    double mean = sample->sum / sample->count, variance = (sample->squares / sample->count - mean * mean) / (sample->count - 1);
    if (!(sample->count > 20) || !(fabs(mean - expected) <= 4.5 * sqrt(fmax(variance, 0)) + 1e-12))
        fail_msg("%s: mean %.6f of %g, expected %.6f, standard error %.6f", what, mean, sample->count, expected, sqrt(fmax(variance, 0)));
}

#endif
