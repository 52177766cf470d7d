/* The objective of a stage that makes a layer independent (command-line.md, "--stages FILE": independence:LAYER).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WEIGH_INDEPENDENCE_H
#define FAB_WEIGH_INDEPENDENCE_H

#include "layers.h"
#include "program.h"

/* Adds to objective[column_count] of a program, to be maximised: over the items of a computed layer and all periods unit_value_usd x good units that arrive x
 * (o - (1 - o)), o the own part of their source (fab_layers_own_part), undiscounted. *constant: the open orders. O(nonzeros x dependencies). */
void fab_weigh_independence(const fab_program *program, fab_layer_kind layer, double objective[], double *constant);

#endif
