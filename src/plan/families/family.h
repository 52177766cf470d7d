/* Families: what the columns and rows of the program are. A family is one row of a table; its code stands in names, reasons, workbooks and the README.
 *
 * A member of a family has a tag {family, a, b, period}: a is a row of a model table (a source, an item, a tool group, ...), b a second key where the family has one, period the period, each FAB_NONE
 * where the family has none. Names, tables, reasons and conflicts are all made from tags. Adding an equation is one file with its build function, and one row in families.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FAMILY_H
#define FAB_FAMILY_H

#include "lp.h"
#include "terms.h"

struct fab_program;

/* The families of the design, in the order in which they are built: columns, then rows. The number of a family is its place in the table. */
typedef enum fab_family_number {
    FAB_X,       /* starts [source, period] */
    FAB_GO,      /* wafers in process that go on at once [WIP group] */
    FAB_GO_IN,   /* wafers in process that go on in a period [WIP group, period] */
    FAB_WAIT,    /* wafers in process that wait [WIP group] */
    FAB_LACKMIN, /* starts missing [source_limit row, period] */
    FAB_I,       /* stock [item, period] */
    FAB_Z,       /* thrown away [item, period] */
    FAB_M,       /* substituted [substitute row, period] */
    FAB_Y,       /* shipped [demand, period] */
    FAB_SHORT,   /* never shipped [demand] */
    FAB_LACK,    /* missing from a promise [demand] */
    FAB_N,       /* tools ordered [tool group, period] */
    FAB_R,       /* tools removed [tool group, period] */
    FAB_MOVED,   /* hours moved to an alternate [tool_alternate row, period] */
    FAB_RISE,    /* rise of weekly starts [source, period], where movement is followed */
    FAB_FALL,    /* fall of weekly starts [source, period] */
    FAB_USE,     /* 1: a period with starts [source, period], where that is a whole decision */
    FAB_TIMES,   /* how many multiples of starts [source, period], where that is a whole decision */
    FAB_TAKEN,   /* 1: an order that is shipped as a whole [demand] */
    FAB_BOXES,   /* how many multiples of shipments [demand, period] */
    FAB_UNDER,   /* missing from what a policy keeps [kept row]; added by the stages */
    FAB_BELOW,   /* stock missing from a target [stock_target row, period] */
    FAB_BEHIND,  /* shipments missing from a cumulated promise [ship_target row] */
    FAB_MORE,    /* more of a decision than in the old plan [held] */
    FAB_LESS,    /* less of it [held] */
    FAB_BAL,     /* item balance [item, period] */
    FAB_CAP,     /* tool hours [tool group, period] */
    FAB_WIP,     /* work in process [WIP group] */
    FAB_RMV,     /* tools that are left [tool group, period] */
    FAB_OFF,     /* qualified hours [scope, period] */
    FAB_DEM,     /* demand [demand] */
    FAB_MIN,     /* minimum fill [demand] */
    FAB_SHP,     /* shipment limit [shipment_limit row, period] */
    FAB_SUB,     /* what substitutes of one consumer serve [served, period] */
    FAB_MIX,     /* part of what is started of an item [source_mix row, FAB_MIX_LEAST or FAB_MIX_MOST, period] */
    FAB_CUM,     /* cumulated shipments [ship_target row, FAB_CUM_LEAST or FAB_CUM_MOST] */
    FAB_TGT,     /* stock target [stock_target row, period] */
    FAB_SRC,     /* minimum of starts [source_limit row, period] */
    FAB_LIN,     /* line limit [line_limit row, FAB_LIN_RATE, FAB_LIN_RAMP or FAB_LIN_DROP, period] */
    FAB_PWR,     /* power [site, period] */
    FAB_DLV,     /* deliveries [tool_delivery_limit row] */
    FAB_FLR,     /* floor [line, period] */
    FAB_BUD,     /* budget [period] */
    FAB_CHG,     /* change of weekly starts [source, period] */
    FAB_FRZ,     /* decision of an old plan [held] */
    FAB_USE_MOST, /* no starts without a use [source, period] */
    FAB_LOT,     /* minimum lot [source, period] */
    FAB_MUL,     /* starts are a multiple [source, period] */
    FAB_WHO,     /* all of an order or nothing [demand] */
    FAB_BOX,     /* shipments are a multiple [demand, period] */
    FAB_POL,     /* value of an earlier stage [kept row]; added by the stages */
    FAB_FAMILIES /* their count */
} fab_family_number;

/* b of FAB_LIN. */
enum { FAB_LIN_RATE, FAB_LIN_RAMP, FAB_LIN_DROP, FAB_LIN_KINDS };

/* b of FAB_MIX. */
enum { FAB_MIX_LEAST, FAB_MIX_MOST, FAB_MIX_KINDS };

/* b of FAB_CUM. */
enum { FAB_CUM_LEAST, FAB_CUM_MOST, FAB_CUM_KINDS };

/* Stages of a plan at most (stages.h), and rows that keep their values: a few, those of a list of the user's, and for each customer a fill, a program of its own, what it keeps, and a round. */
enum { FAB_STAGES_ASKED = 64 };

static inline int fab_stages_most(const fab_terms *terms)
{
    return 8 + FAB_STAGES_ASKED + 4 * terms->model->customer_count;
}

/* Decisions that can be held to an old plan's: starts, orders, removals, wafers in process that go on. */
static inline int fab_held_most(const fab_terms *terms)
{
    int T = terms->period_count;
    return terms->model->old ? (terms->model->source_count + 2 * terms->model->tool_group_count + terms->wip_count) * T + terms->wip_count : 0;
}

typedef enum fab_side { FAB_SIDE_COLUMN, FAB_SIDE_ROW } fab_side;

/* How many members a family can have at most: a from 0, b from 0, and with or without periods. */
struct fab_shape {
    int a, b;
    bool periods;
};

enum { FAB_DETAIL_SIZE = 600 }; /* two ids of 63 characters and some more */

/* What a member is about: the subject is named in reasons; the detail is the rest of its name, before the period, "" when there is none. The words of its reason are the family's unless the member has its own. */
struct fab_label {
    char subject[FAB_DETAIL_SIZE], detail[FAB_DETAIL_SIZE];
    const char *reason;
};

struct fab_family {
    const char *code;    /* "CAP" */
    const char *name;    /* "tool hours" */
    const char *meaning; /* one sentence */
    const char *unit;    /* of a column, or of what a row counts: "hours" */
    fab_side side;
    struct fab_shape (*shape)(const fab_terms *terms);
    /* Adds the members to the program, columns with their money, rows with their coefficients; NULL: the family before builds them too. False when memory is short. */
    bool (*build)(struct fab_program *program);
    void (*label)(const struct fab_program *program, struct fab_tag tag, struct fab_label *label);
    /* Of a row that can be a reason, NULL: never one by itself: its code there, and the words before the subject ("tool hours"). */
    const char *reason_code, *reason;
    bool as_a_whole; /* of a row: nobody reads what it adds up to addend by addend, so that none are kept (a budget has one for every order before: a third of all coefficients) */
};

extern const struct fab_family fab_families[FAB_FAMILIES];

#endif
