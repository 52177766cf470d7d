/* Money without end: an item whose end value exceeds what it costs from a source that nothing limits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ENDLESS_H
#define FAB_ENDLESS_H

#include "program.h"

enum { FAB_ENDLESS_TEXT_SIZE = 512 };

/* Looks for it by a small program: starts of the sources that nothing limits (no hours, line, contract; components that are bought or made the same way), stock without a limit, substitutes and discards, all as the
 * program pays them. *item and *source FAB_NONE when there is none. Cost: one solve of the balances, none without such a source or end values. */
fab_status fab_endless_find(fab_context *context, const fab_program *program, int *item, int *source);

/* The sentence about it. */
void fab_endless_text(const fab_model *model, int item, int source, char text[FAB_ENDLESS_TEXT_SIZE]);

/* Says it as a finding; FAB_INPUT. */
fab_status fab_endless_fail(fab_context *context, const fab_model *model, int item, int source);

/* Both in one: FAB_OK when there is none. */
fab_status fab_endless_check(fab_context *context, const fab_program *program);

#endif
