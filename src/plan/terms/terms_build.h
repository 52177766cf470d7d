/* Making the terms of a model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TERMS_BUILD_H
#define FAB_TERMS_BUILD_H

#include "terms.h"

/* Makes the terms of a model, which must outlive them. The model has passed the import's checks; what those do not know (a demand outside the calendar)
 * is FAB_INPUT. O(sources x periods x steps x periods touched). */
fab_status fab_terms_new(fab_context *context, const fab_model *model, fab_terms **terms);
void fab_terms_free(fab_terms *terms);

#endif
