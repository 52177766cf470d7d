/* The linear program of a model: which column is which decision, which row is which equation, by tag.
 *
 * A program is a sparse program (lp.h) whose rows and columns have tags, an index from tags to places, and the objective by kinds of money.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PROGRAM_H
#define FAB_PROGRAM_H

#include "family.h"
#include "money.h"

/* Members of one family: their places in the program by tag. */
struct fab_block {
    struct fab_shape shape;
    int periods; /* 1 for a family without */
    int *place;  /* [a x b x periods], FAB_NONE where there is none */
};

/* A coefficient as it was put: those of one place stay apart, so that what goes in and what goes out of a balance can be told. */
struct fab_addend {
    int row, column;
    double value;
};

/* What the value is that a row of FAB_POL keeps. */
typedef enum fab_kept_kind {
    FAB_KEPT_PROFIT,
    FAB_KEPT_PROMISES, /* minus the value of broken promises */
    FAB_KEPT_SERVED,   /* value served of its customers */
    FAB_KEPT_CAPITAL,  /* minus the price of all tools ordered, not discounted */
    FAB_KEPT_LATENESS, /* minus the weeks late x price x units shipped, not discounted */
    FAB_KEPT_MOVEMENT, /* minus the changes of weekly starts */
    FAB_KEPT_OWN_LOGIC, FAB_KEPT_OWN_MEMORY, FAB_KEPT_OWN_PACKAGING /* value of what arrives of a layer, own against foreign (weigh_independence.h) */
} fab_kept_kind;

/* A value that a row keeps. Texts and the list are in the program's arena. */
struct fab_kept {
    fab_kept_kind kind;
    const char *stage; /* that found it */
    int *customer;     /* [customer_count] of FAB_KEPT_SERVED */
    int customer_count;
    bool reversed; /* what is kept is the most of the value, not the least */
    double least;  /* of the kind's value, profit and independence without their constants; reversed: of minus it */
    int row;
};

/* A decision that is held to an old plan's. */
struct fab_held {
    int column;
    double before; /* the old plan's */
    bool frozen;   /* in a near period; else changes only cost */
    double usd;    /* of a unit of change, of its own day */
};

struct fab_program {
    const fab_terms *terms;
    fab_lp *lp;
    const struct fab_family *family; /* [family_count]: the table that it was built from */
    int family_count;
    struct fab_block *block; /* [family_count] */
    struct fab_bounds *bounds;
    struct fab_kept *kept;   /* [kept_count], room for fab_stages_most: what the rows of FAB_POL keep */
    int kept_count;
    struct fab_held *held;   /* [held_count]: what the rows of FAB_FRZ hold */
    int held_count;
    struct fab_addend *addend; /* all coefficients but those of families that are read as a whole, in the order of building */
    int addend_count, addend_capacity;
    struct fab_amount *amount; /* the objective, by column and kind of money, in the order of building */
    int amount_count, amount_capacity;
    double constant[FAB_MONEY_COUNT]; /* money that no decision changes (power of the base load) */
};

typedef struct fab_program fab_program;

/* Place of a member, FAB_NONE where there is none. O(1). */
int fab_program_find(const fab_program *program, struct fab_tag tag);

/* The column of a way for the wafers of a WIP group to go on. */
int fab_program_go(const fab_program *program, int wip_group, const struct fab_go *go);

/* The same for families without b: a and period; period 0 of a family without periods. */
int fab_program_at(const fab_program *program, int family, int a, int period);

/* Adds a member: its name is made from the tag. A column goes from 0 to `upper` and has no money yet. FAB_NONE when memory is short; a member that exists already is a mistake of the family. */
int fab_program_add_row(fab_program *program, struct fab_tag tag, double lower, double upper);
int fab_program_add_column(fab_program *program, struct fab_tag tag, double upper);

/* A coefficient between two members. Where one of them does not exist nothing is added. False when memory is short. */
bool fab_program_put(fab_program *program, int row, int column, double value);

/* Adds money, discounted, with the sign of the objective, to a column; 0 is not kept. Behind the horizon (the column's period, an order of the tail, the end value) it is the tail's. False when memory is short. */
bool fab_program_pay(fab_program *program, int column, fab_money kind, double usd);

/* The kind of a flow of money in a period that is not the column's own: its kind, or the tail's. */
fab_money fab_program_money_in(const fab_program *program, int period, fab_money kind);

/* What a member is about, in words. */
void fab_program_label(const fab_program *program, struct fab_tag tag, struct fab_label *label);

/* N(g,u) into a row: scale x (orders delivered - removals so far); the installed base is a constant that the caller moves to the right side. */
bool fab_program_put_tools(fab_program *program, int row, int tool_group, int period, double scale);

/* Calls `add` with every column that brings hours to a tool group or takes them away: (column, tool group, period, hours per unit). Loads of starts, of work in process, hours moved off (negative) and hours moved on, in the
 * order of columns; false when `add` says so. */
typedef bool fab_hours_add(fab_program *program, int column, int tool_group, int period, double hours);
bool fab_program_each_hours(fab_program *program, fab_hours_add *add);

/* Calls `add` with every column that takes units of an item to make others: (column, item, period, units per unit). The same order and ending. */
typedef bool fab_use_add(fab_program *program, void *user, int column, const struct fab_take *take);
bool fab_program_each_use(fab_program *program, fab_use_add *add, void *user);

/* The objective by kind of money at a point x of the program; the sum of all is the objective. */
void fab_program_totals(const fab_program *program, const double *x, double totals[FAB_MONEY_COUNT]);

/* A tag of a family without b. */
static inline struct fab_tag fab_tag_of(int family, int a, int period)
{
    return (struct fab_tag){family, a, FAB_NONE, period};
}

#endif
