/* Why demand is short: what one more unit would cost, and of what.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REASONS_H
#define FAB_REASONS_H

#include "plan_table.h"

/* plan_shortage: the parts of one more unit of every short order, the largest first; small ones are one row "other", so that the rows of an order add up to the whole. */
fab_table_maker fab_table_shortages;

#endif
