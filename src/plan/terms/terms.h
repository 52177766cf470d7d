/* The symbols of planning-model.md for one model: periods, what a start of a source gives, costs and loads, and when.
 *
 * Everything here is data of the linear program that does not depend on decisions. The equation families (family.h), the upper bounds and the tables of a plan
 * are all made from it, so that no formula of the design stands in the code twice.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TERMS_H
#define FAB_TERMS_H

#include <fabplan/context.h>

#include "layers.h"
#include "model.h"
#include "occupancy.h"

#define FAB_HOURS_PER_DAY 24.0
#define FAB_DAYS_PER_WEEK 7.0
#define FAB_DAYS_PER_YEAR 365.25
#define FAB_MINUTES_PER_HOUR 60.0
#define FAB_KW_PER_MW 1000.0

/* A period: [begin, end) in days since the start of the first one. */
struct fab_period {
    const char *name;
    int32_t date; /* first day */
    double begin, end, days;
    double discount; /* factor of a money flow of the period: (1 + rate)^-(begin / 365.25) */
};

/* Part of a source's good units that come out as an item (the largest over the periods); components that a start consumes (the most over them). */
struct fab_share {
    int item;
    double amount; /* share of the good units, or units consumed per start */
};

/* Hours of a step as the model sees them: per start, evenly over [from, to] of the cycle time. Own hours of the steps come first, in their order; behind them, on a route that goes back to earlier
 * steps, what the passes of a step's rework do at each step from the one that it goes back to up to itself, in the part of the cycle time of the step that is repeated. */
struct fab_load_step {
    int tool_group, step;      /* step: its number on the route */
    int at;                    /* index of the step whose place it has: itself, or the one whose rework passes it is of */
    double hours_per_start;    /* of a start: what earlier steps scrap does not come here */
    double hours_per_unit;     /* of a unit that comes here; of rework passes: of one pass */
    double from, to;
    double part[FAB_PART_COUNT]; /* shares of the hours, which sum to 1 */
    double unfilled, gaps;     /* shares of the hours, those of rework too, that full batches would not take, and that setups and leads do */
    double visits;             /* of a unit that comes here, sampling included */
    double repeats;            /* r / (1 - r): passes of rework per visit, on a route that goes back; else 0, for they are among the own hours */
    int back;                  /* index of the step that its rework goes back to; itself */
};

/* A row of a source's bill: units of a component that a start takes when a part of the lead time has passed, of starts inside its dates. */
struct fab_bill {
    int item;
    double units, at_frac;
    int32_t from_date, to_date; /* FAB_DATE_NONE: open */
};

/* Part `amount` of a source's good units that is an item, of which a share arrives in a period. */
struct fab_come {
    int item, period;
    double amount, share;
};

/* Units of a component that a start, or a wafer that goes on, takes in a period. */
struct fab_take {
    int item, period;
    double units;
};

/* A source in one period. */
struct fab_source_period {
    double lead_days, line_yield, unit_yield, usd_per_start;
    double good_units;        /* U Y: good units per start */
    bool available;           /* available_from <= start < available_to, and some of it arrives */
    double min_starts, max_starts; /* of the source limits in force: the highest minimum (0: none), the lowest maximum (NAN: none) */
    int first_arrival, arrival_count; /* in fab_terms.arrival */
    int first_load, load_count;       /* in fab_terms.load */
    int first_come, come_count;       /* in fab_terms.come: outputs, item by item */
    int first_take, take_count;       /* in fab_terms.take */
    double unfinished_usd;    /* worth of a start at the end, at the items' values: what has not arrived, less components not taken */
    double arriving;          /* share that arrives before the horizon's end: sum of w f */
    double behind;            /* share that arrives behind it: (1 - sum of w) f */
    double owed;              /* a: share of the money of a start that is owed, where a supplier cannot deliver all; else 1 */
};

struct fab_source_terms {
    double units_per_start; /* U */
    struct fab_share *output, *component;
    int output_count, component_count;
    double *share, *at_frac;  /* [output x T]: of starts of a period: share of the good units, and part of the lead time after which it is out */
    bool plain;               /* outputs have the same shares at all times, and come out at the end */
    struct fab_bill *bill;    /* [bill_count] */
    int bill_count;
    double output_value_usd; /* sum over outputs of share x unit value: of one good unit */
    struct fab_load_step *step;
    int step_count, own_step_count; /* the route's own steps are the first ones */
    struct fab_source_period *period; /* [T] */
};

/* w(s,t,u): share of the starts of t that arrives in u. */
struct fab_arrival {
    int period;
    double share;
};

/* Hours that may move together: those of a tool group, of a route on it, of a step of that route on it. FAB_NONE: every. Scopes are nested. */
struct fab_scope {
    int tool_group, route, step;
};

/* h(s,g,k) v(s,k,t,u): tool hours in period u per start of t. */
struct fab_load {
    int tool_group, period, step; /* step: index into fab_source_terms.step */
    double hours;
};

/* One way for a wafer of a WIP group to go on: at once, or at a constant rate over part of a period. */
struct fab_go {
    int period;        /* FAB_NONE: at once, on the group's first day, or before the plan */
    double begin, end; /* days in which it goes on; at once: both the first day */
    int first_arrival, arrival_count; /* in fab_terms.arrival: shares of its good units */
    int first_load, load_count;       /* in fab_terms.load: hours a wafer */
    int first_come, come_count;       /* in fab_terms.come */
    double unfinished_usd;            /* of a wafer, like that of a start */
    int first_take, take_count;       /* in fab_terms.take: what a wafer has still to take */
    double behind;     /* share that arrives behind the horizon */
};

/* Lots of one source that have done the same part of their cycle time, active or held (planning-model.md "Starting WIP"). */
struct fab_wip_group {
    int source;
    bool held;
    double progress;      /* f: done part of the cycle time */
    double wafers;
    int32_t start_date;   /* the earliest of its lots: yields and lead time are as of it */
    double first_day;     /* h: day from which it may go on */
    double lead_days;     /* L: the whole cycle time */
    double good_units;    /* that a wafer which goes on gives */
    double behind;        /* share of them that comes, when they come behind the horizon: 1 but for a source that does not deliver all */
    double *recorded;     /* [own_step_count of the source]: share of its wafers whose lots have a move_out of the step, which is at a point */
    double *passes;       /* [own_step_count]: of rework of the step that a wafer still makes, on a route that goes back */
    double *out;          /* [output_count of the source]: share of its wafers of which the output is out already */
    double *taken;        /* [bill_count of the source]: share of its wafers that have the component in them */
    double waiting_usd;   /* of a wafer that waits, like unfinished_usd */
    struct fab_go *go;    /* [go_count]: at once first */
    int go_count;
    const struct fab_begun *begun; /* it went on before the plan begins, in its one way; NULL: it may go on, or wait */
};

/* What the substitutes of one consumer may serve of an item: no more than the consumer uses of it. */
struct fab_served {
    const char *consumer;
    int item, customer; /* one of them, the other FAB_NONE */
    int instead_of;
};

struct fab_terms {
    fab_arena *arena;
    const fab_model *model;
    int period_count;     /* T, those of a tail included */
    int horizon_periods;  /* those of the horizon come first: what is decided and shown is of them */
    int horizon_orders;   /* of the model's orders the first ones; the others are the tail's */
    struct fab_period *period;
    double horizon_days;  /* e_T, the end of a tail */
    double horizon_end;   /* the horizon's own end; the same without a tail */
    double end_discount;  /* factor of money at the horizon's end */
    struct fab_source_terms *source; /* [source_count] */
    struct fab_arrival *arrival;
    struct fab_load *load;
    struct fab_take *take;
    struct fab_come *come;
    int arrival_count, load_count, take_count, come_count, arrival_capacity, load_capacity, take_capacity, come_capacity;
    double *tools;             /* [tool_group_count x T]: installed base tools(g,u) */
    double *hours_per_tool;    /* [tool_group_count x T]: 24 d A E */
    double *receipt;           /* [item_count x T]: open orders dated in the period */
    double *on_hand;           /* [item_count] */
    double *max_stock;         /* [item_count x T]: of the limit in force, else the item's own; NAN: no limit */
    double *holding_frac;      /* [item_count x T]: a year, of the value of what is in stock at the end of the period */
    struct fab_wip_group *wip; /* [wip_count]: starting WIP, by source, status (active first) and progress; then what is under way of an earlier plan */
    int wip_count;
    struct fab_scope *scope;   /* [scope_count]: what `tool_alternate` names, and what lies around it */
    int scope_count;
    struct fab_served *served; /* [served_count]: what rows of `substitute` with a consumer name, each once */
    int served_count;
    fab_layer_kind *layer;     /* [item_count]: computed layer of independence */
    bool *unstocked;           /* [item_count]: a die before binning */
    double *power_mw, *usd_per_mwh; /* [site_count x T]; power_mw NAN: no limit */
    double *budget_usd;        /* [T] cumulative; NULL: no limit */
    int *due_period;           /* [demand_count]; the first one of an overdue order */
    int *latest_period;        /* [demand_count]: last period in which it may be shipped */
    double *overdue_days;      /* [demand_count]: of an order due before the first period its days up to it, else 0 */
    double *promised_fill;     /* [demand_count]: min_fill, the demand's own or the customer's */
};

typedef struct fab_terms fab_terms;

/* The period whose [begin, end) has a day, FAB_NONE outside the horizon. O(log T). */
int fab_terms_find_period(const fab_terms *terms, int32_t date);

/* Day number -> days since the start of the first period. */
double fab_terms_day(const fab_terms *terms, int32_t date);

/* True when a period starts inside [from_date, to_date); FAB_DATE_NONE: open. */
bool fab_terms_starts_inside(const fab_terms *terms, int period, int32_t from_date, int32_t to_date);

/* Share of a tool's price that is borne up to a day when it is ordered in a period: min(1, (day - b_t - lead) / life). */
double fab_terms_charged_share(const fab_terms *terms, int tool_group, int period, double day);

/* Penalty of a start missing from a source limit (its row): the limit's own, else 10 x the start's cost. */
double fab_terms_shortfall_usd(const fab_terms *terms, int limit, int period);

/* Period from which a tool ordered in a period counts, FAB_NONE when it would come after the start of the horizon's last period: tools are ordered in the horizon alone. */
int fab_terms_delivery_period(const fab_terms *terms, int tool_group, int order_period);

/* True when a tool ordered in a period is delivered inside the window of a tool_delivery_limit (its row). */
bool fab_terms_delivers_inside(const fab_terms *terms, int limit, int order_period);

/* MWh that a tool hour of a group draws from its site, the facility's share included; and what a MWh costs there, discounted. */
double fab_terms_mwh_per_hour(const fab_terms *terms, int tool_group);
double fab_terms_usd_per_mwh(const fab_terms *terms, int tool_group, int period);

/* True when a row of substitute is of what a consumer is served. */
bool fab_terms_is_served(const fab_terms *terms, int substitute, const struct fab_served *served);

/* True when the hours of a step of a route on a tool group are of the scope. */
bool fab_scope_covers(const struct fab_scope *scope, int tool_group, int route, int step);

#endif
