/* The linear program of a model: which column is which decision, which row is which equation.
 *
 * fab_program_new adds the variables (columns.c, with the bounds of bounds.c and the objective) and then every equation family of the table
 * fab_equations. Adding a family is one file eq_*.c and one row of that table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PROGRAM_H
#define FAB_PROGRAM_H

#include "lp.h"
#include "terms.h"

/* Discounted objective coefficients of the program by kind of money, so that a plan's totals are sums over the same numbers as the objective. */
typedef enum fab_money {
    FAB_MONEY_REVENUE,
    FAB_MONEY_COST,
    FAB_MONEY_SHORTAGE,
    FAB_MONEY_LATE,
    FAB_MONEY_COMMITMENT,
    FAB_MONEY_SHORTFALL,
    FAB_MONEY_SUBSTITUTION,
    FAB_MONEY_HOLDING,
    FAB_MONEY_POWER,
    FAB_MONEY_CAPEX,
    FAB_MONEY_REMOVAL,
    FAB_MONEY_END_VALUE,
    FAB_MONEY_COUNT
} fab_money;

extern const char *const fab_money_names[FAB_MONEY_COUNT]; /* "revenue_usd", ... */

/* USD per unit of a column, discounted, with the sign of the objective. */
struct fab_amount {
    int column;
    fab_money kind;
    double usd;
};

/* Columns and rows by what they stand for; FAB_NONE where the model has none. T is the number of periods. */
struct fab_program {
    const fab_terms *terms;
    fab_lp *lp;
    struct fab_bounds *bounds;
    struct fab_amount *amount; /* the objective, by column and kind of money */
    int amount_count, amount_capacity;
    double constant[FAB_MONEY_COUNT]; /* money that no decision changes (power of the base load), by fab_money */
    /* columns */
    int *starts;      /* x [source x T] */
    int *stock;       /* I [item x T] */
    int *substitute;  /* m [substitute row x T] */
    int *discard;     /* z [item x T] */
    int *first_ship;  /* y [demand]: column of the due period; the later ones follow */
    int *shortage;    /* short [demand] */
    int *lack;        /* lack [demand] */
    int *lack_starts; /* lackmin [source_limit row x T] */
    int *offload;     /* off [tool_alternate row x T] */
    int *order;       /* n [tool group x T] */
    int *removal;     /* r [tool group x T] */
    /* rows */
    int *balance;        /* BAL [item x T] */
    int *capacity;       /* CAP [tool group x T] */
    int *demand;         /* DEM [demand] */
    int *promise;        /* MIN [demand] */
    int *shipment_limit; /* SHP [shipment_limit row x T] */
    int *minimum_starts; /* SRC [source_limit row x T] */
    int *line_starts;    /* LIN [line_limit row x T]: rate */
    int *line_ramp;      /* LIN [line_limit row x T]: growth */
    int *power;          /* PWR [site x T] */
    int *delivery;       /* DLV [tool_delivery_limit row] */
    int *floor;          /* FLR [line x T] */
    int *budget;         /* BUD [T] */
};

typedef struct fab_program fab_program;

/* One family of equations: its code stands in row names, workbooks and the README. */
struct fab_equation {
    const char *code, *name, *meaning;
    bool (*build)(fab_program *program); /* false when memory is short */
};
extern const struct fab_equation fab_equations[];
extern const int fab_equations_count;

/* Builds and seals the program. The terms must outlive it. O(loads + arrivals + variables). */
fab_status fab_program_new(fab_context *context, const fab_terms *terms, fab_program **program);
void fab_program_free(fab_program *program);

/* The objective by kind of money at a point x of the program; the sum of all is the objective. */
void fab_program_totals(const fab_program *program, const double *x, double totals[FAB_MONEY_COUNT]);

/* Share of a tool's price that the horizon bears when it is ordered in a period: min(1, (e_T - b_t - lead) / life). */
double fab_program_charged_share(const fab_terms *terms, int tool_group, int period);

/* Penalty of a start missing from a source limit (its row): the limit's own, else 10 x the start's cost. */
double fab_program_shortfall_usd(const fab_terms *terms, int limit, int period);

/* Period from which a tool ordered in a period counts, FAB_NONE when it would come after the last period's start. */
int fab_program_delivery_period(const fab_terms *terms, int tool_group, int order_period);

/* MWh that a tool hour of a group draws from its site, the facility's share included. */
double fab_program_mwh_per_hour(const fab_terms *terms, int tool_group);

/* For equation files: a row named "CODE[first,second]"; FAB_NONE when memory is short. */
int fab_program_add_row(fab_program *program, const char *code, const char *first, const char *second, double lower, double upper);

/* N(g,u) into a row: scale x (orders delivered - removals so far); the installed base is a constant that the caller moves to the right side. */
bool fab_program_add_tools(fab_program *program, int row, int tool_group, int period, double scale);

/* Calls `add` with every column that brings hours to a tool group or takes them away: (column, tool group, period, hours per unit). Loads of starts, hours moved
 * off (negative) and hours moved on, in the order of columns; false when `add` says so. */
typedef bool fab_hours_add(fab_program *program, int column, int tool_group, int period, double hours);
bool fab_program_each_hours(fab_program *program, fab_hours_add *add);

bool fab_eq_bal(fab_program *program);
bool fab_eq_cap(fab_program *program);
bool fab_eq_off(fab_program *program);
bool fab_eq_dem(fab_program *program);
bool fab_eq_min(fab_program *program);
bool fab_eq_shp(fab_program *program);
bool fab_eq_src(fab_program *program);
bool fab_eq_lin(fab_program *program);
bool fab_eq_pwr(fab_program *program);
bool fab_eq_dlv(fab_program *program);
bool fab_eq_flr(fab_program *program);
bool fab_eq_bud(fab_program *program);

#endif
