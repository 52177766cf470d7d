/* The objective of a stage that makes a layer independent (command-line.md, "--stages FILE": independence:LAYER).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WEIGH_INDEPENDENCE_H
#define FAB_WEIGH_INDEPENDENCE_H

#include "layers.h"
#include "program.h"

/* Into objective[column_count] of a program, which is all 0, to be maximised: over the items of a computed layer and all periods unit_value_usd x good units that arrive x
 * (o - (1 - o)), o the own part of their source (fab_layers_own_part), undiscounted. *constant: the open orders. O(nonzeros x dependencies). */
void fab_weigh_independence(const fab_program *program, fab_layer_kind layer, double objective[], double *constant);

/* The same weighed for a share of its own: unit_value_usd x good units that arrive x (o - share), which is 0 where just this share of the value that arrives is own, and half of the above at a share of 0.5. */
void fab_weigh_share(const fab_program *program, fab_layer_kind layer, double share, double objective[], double *constant);

#endif
