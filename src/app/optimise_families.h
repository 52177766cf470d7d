/* Planning with families besides those of the design.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_OPTIMISE_FAMILIES_H
#define FAB_OPTIMISE_FAMILIES_H

#include <fabplan/fabplan.h>

#include "build.h"

/* fab_optimise with more families in the program (NULL: none), which are read back by tag as all others are. */
fab_status fab_optimise_families(fab_context *context, fab *handle, const fab_optimise_request *request, const struct fab_more_families *more,
                                 fab_optimise_result *result);

#endif
