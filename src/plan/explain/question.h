/* What a question is about: a part of the model, and which limits are of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_QUESTION_H
#define FAB_QUESTION_H

#include "moves.h"

typedef enum fab_subject {
    FAB_SUBJECT_PLAN, /* everything that can be moved */
    FAB_SUBJECT_DEMAND,
    FAB_SUBJECT_CUSTOMER,
    FAB_SUBJECT_TOOL_GROUP,
    FAB_SUBJECT_LINE,
    FAB_SUBJECT_PERIOD,
    FAB_SUBJECT_BUDGET,   /* a row of capex_budget */
    FAB_SUBJECT_SITE,
    FAB_SUBJECT_CONTRACT, /* a source and its limits */
    FAB_SUBJECT_YIELD,    /* a source */
    FAB_SUBJECT_CYCLE_TIME /* a route */
} fab_subject;

struct fab_question {
    const fab_plan *plan;
    fab_subject subject;
    int index;  /* row of its table, or the period; FAB_NONE of the plan */
    int period; /* of a subject that has others beside: limits of this period alone; FAB_NONE: all */
};

/* The names of subjects, as requests have them: "plan", "demand", ... */
extern const char *const fab_subject_names[];

/* Whether a limit that can be moved is of the subject: of a line its own limits, those of its tool groups and its sources; of a site its power and its lines' floor; of a period what stands in it.
 * user is a struct fab_question. */
bool fab_question_about(const void *user, const struct fab_moves *moves, const struct fab_candidate *candidate);

/* The id of the subject in its table. */
const char *fab_question_key(const struct fab_question *question);

#endif
