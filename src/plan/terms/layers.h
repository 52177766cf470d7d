/* Layers of independence that a plan gives by itself, and which part of a source is one's own (data-dictionary.md "Independence").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LAYERS_H
#define FAB_LAYERS_H

#include "model.h"

typedef enum fab_layer_kind { FAB_LAYER_NONE, FAB_LAYER_LOGIC, FAB_LAYER_MEMORY, FAB_LAYER_PACKAGING } fab_layer_kind;

/* LO, ME and PK; FAB_LAYER_NONE for another name. */
fab_layer_kind fab_layer_of_name(const char *name);

/* kind[item_count]: packaging the chips; memory what a memory line makes, or what has such an item in its bill; logic all other dies. O(sources + bills x their depth). */
void fab_layers_find(const fab_model *model, fab_layer_kind kind[]);

/* o of one source: 1 - the largest of its dependencies on a line that is not external, else 0. O(dependencies). */
double fab_layers_own_part(const fab_model *model, int source);

#endif
