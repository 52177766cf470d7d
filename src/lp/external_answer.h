/* What another solver says of a program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXTERNAL_ANSWER_H
#define FAB_EXTERNAL_ANSWER_H

#include "lp.h"

enum fab_external_said { FAB_EXTERNAL_NOTHING, FAB_EXTERNAL_OPTIMAL, FAB_EXTERNAL_INFEASIBLE, FAB_EXTERNAL_TIME };

struct fab_external_answer {
    enum fab_external_said said;
    fab_lp_solution *solution;  /* the caller's; NULL unless it said optimal. Without a basis of its own one is read from the values */
    bool multipliers, basis;    /* it gave them */
};

#endif
