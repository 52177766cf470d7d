/* Which plan a word of a comparison means.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COMPARE_WORDS_H
#define FAB_COMPARE_WORDS_H

#include "fab.h"

struct fab_compare_word {
    const char *word; /* NULL: the inputs without changes */
    bool base; /* what would help most is not asked of it: values are not tested */
};

/* The plan of a word: a number; scenarios that the data has ("A,B") or paths of their files, of the inputs as they are now; the name of a plan, the newest one; "base": the inputs without changes. What is
 * not stored yet is planned and stored, with request's progress. FAB_USAGE, code unknown_plan: it is none of them; or there is no plan of it. Cost: of a new plan the solve's and that of testing values. */
fab_status fab_compare_word(fab_context *context, fab *handle, const fab_compare_request *request, const struct fab_compare_word *word, int64_t *plan);

#endif
