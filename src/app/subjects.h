/* What a question names: rows of a plan's model by their ids.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SUBJECTS_H
#define FAB_SUBJECTS_H

#include "question.h"

/* The question of a request; FAB_USAGE where it names more than one subject, or nothing that there is (code "unknown_id", with the nearest name). */
fab_status fab_subjects_question(fab_context *context, const fab_explain_request *request, const fab_plan *plan, struct fab_question *question);

/* Row of an id, FAB_NONE: there is none, and the message says so. `names` gives the id of a row. */
typedef const char *fab_subjects_name(const fab_plan *plan, int row);
fab_status fab_subjects_find(fab_context *context, const fab_plan *plan, const char *what, const char *id, fab_subjects_name *name, int *row);

/* Names of items and of customers. */
fab_subjects_name fab_subjects_item, fab_subjects_customer;

#endif
