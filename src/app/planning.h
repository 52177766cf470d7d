/* What a plan is made of: the model of the inputs, the starting WIP of the history, and the choices of a request, with their provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLANNING_H
#define FAB_PLANNING_H

#include "change.h"
#include "fab.h"
#include "old_plan.h"
#include "run.h"
#include "taken.h"
#include "tools_fixed.h"

/* Tools that are the same for all futures of a sweep. Money: discounted means by weight. */
struct fab_planning_robust {
    const struct fab_tools *tools;
    const char *sweep;         /* folder or file */
    char sha256[65];           /* of its futures */
    int futures;
    int rounds;                /* of the decomposition; 0: solved whole */
    double objective, bound, gap; /* proven of the extensive form */
    double base_tools;         /* with the tools that are best for the base, NAN: they cannot be had in all futures; the objective less this is the value of the stochastic solution */
    double knowing;            /* of the futures' own optima; this less the objective is the value of knowing */
};

/* Choices of a request that change the model. */
struct fab_planning {
    const char *policy;            /* "profit" */
    struct fab_stages_asked asked; /* of another policy, and for calm */
    const char *yield;             /* "plan": the data set's own yields; "fit", "p10", "p50", "p90": of a snapshot of estimates */
    int64_t snapshot;              /* 0: the newest */
    unsigned measured;             /* set of what is taken as the history measured it (fab_measured_read) */
    const char *scenario;          /* "A,B": names of scenarios that the data has (scenario_store.h), or paths of files; NULL: none */
    const char *start;             /* day from which the plan runs; NULL: the calendar's first */
    const char *fill;              /* "A=0.8,B=0.5": customers who get at least so much of what they want; NULL: none */
    const char *stages;            /* path of a file of stages, of policy "stages"; NULL: none */
    const void *stages_of_plan;    /* the same of a stored plan, as it is in its options (a jansson value) */
    int32_t surprise_from;         /* of its scenarios: what is decided before is what `before` decided; read with it alone */
    const fab_plan *before;        /* the plan without the surprise; NULL: there is none */
    bool silent;                   /* what the data leave out has been said */
    const struct fab_taken *taken; /* what is taken over from an earlier plan at `start`; NULL: nothing, or what the stored plan that is repeated took over */
    bool goes_on;                  /* of that stored plan: it took something over */
    struct fab_old_asked old;      /* what stays of an old plan */
    bool hard;                     /* promises and minimum starts hold, or there is no plan */
    double worst_gap;              /* fab_optimise_request; 0: the usual one */
    const struct fab_planning_robust *robust; /* NULL: tools are free */
    double robust_seconds;         /* in which they are found; 0: no limit */
    const void *robust_of_plan;    /* the same of a stored plan, as it is in its options (a jansson value) */
    int64_t plan;                  /* above 0: the changes of the scenarios are those that this stored plan was made with */
    const struct fab_change_list *more; /* changes behind all others, which are no part of the options; NULL: none */
    bool watched;                  /* others may write the data: the planned digest says what was read */
    bool kept;                     /* all changes are: the inputs are those that the plan kept, and yields and measures of then are among its changes */
};

/* What is planned: the model, the changes that it differs from the data set by, and the provenance of the choices as JSON text. */
struct fab_planned {
    fab_model *model;
    struct fab_change_list *changes;
    struct fab_stages_asked asked; /* those of the choices, fills and stages in terms of the model */
    char *options;
    char input[65]; /* of watched choices, the digest of what the plan will keep as its inputs, as it was when the model was read; else empty */
    int64_t old_plan;        /* that it is held to; 0: to none that is stored */
    struct fab_taken *taken; /* what the stored plan that is repeated took over; NULL: nothing */
    bool simulated; /* yields, measures or lots of it are of a history that is marked as simulated */
};

/* Loads the model as the choices want it, all of one moment: inputs, yields, measures, lots and old plans in one read transaction. The options are the choices, and snapshot and hashes of what the history gave, number and hash of the lots that are starting
 * WIP, and the start, so that a plan can be repeated and a change is seen. Findings of changes as of fab_changes_apply. O(inputs). */
fab_status fab_planning_load(fab_context *context, fab *handle, const struct fab_planning *planning, struct fab_planned *planned);
void fab_planned_fini(struct fab_planned *planned);

/* The choices of a stored plan, by its options: with all its changes when the fab is that of the plan (fab_open_plan). FAB_DATABASE when they cannot be read. *keep (a
 * jansson value as void *) owns the texts: fab_planning_forget. */
fab_status fab_planning_of_plan(fab_context *context, const fab *handle, const char *options, int64_t plan, struct fab_planning *planning, void **keep);
void fab_planning_forget(void *keep);

#endif
