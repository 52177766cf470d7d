/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layers.h"

#include <math.h>
#include <string.h>

fab_layer_kind fab_layer_of_name(const char *name)
{
    static const char *const names[] = {[FAB_LAYER_LOGIC] = "LO", [FAB_LAYER_MEMORY] = "ME", [FAB_LAYER_PACKAGING] = "PK"};
    for (int k = FAB_LAYER_LOGIC; k <= FAB_LAYER_PACKAGING; k++)
        if (strcmp(names[k], name) == 0)
            return (fab_layer_kind)k;
    return FAB_LAYER_NONE;
}

static bool is_of_memory_line(const fab_model *model, int source)
{
    return strcmp(model->line[model->source[source].line].kind, "memory") == 0;
}

static void find_memory(const fab_model *model, fab_layer_kind kind[])
{
    for (int s = 0; s < model->source_count; s++)
        if (is_of_memory_line(model, s))
            kind[model->source[s].item] = FAB_LAYER_MEMORY;
    for (int o = 0; o < model->source_output_count; o++)
        if (is_of_memory_line(model, model->source_output[o].source))
            kind[model->source_output[o].item] = FAB_LAYER_MEMORY;
    for (bool more = true; more;) {
        more = false;
        for (int b = 0; b < model->bom_count; b++) {
            const struct fab_bom *row = &model->bom[b];
            bool found = kind[row->component] == FAB_LAYER_MEMORY && kind[row->item] == FAB_LAYER_NONE;
            if (found)
                kind[row->item] = FAB_LAYER_MEMORY;
            more = more || found;
        }
    }
}

void fab_layers_find(const fab_model *model, fab_layer_kind kind[])
{
    for (int i = 0; i < model->item_count; i++)
        kind[i] = strcmp(model->item[i].kind, "chip") == 0 ? FAB_LAYER_PACKAGING : FAB_LAYER_NONE;
    find_memory(model, kind);
    for (int i = 0; i < model->item_count; i++) {
        if (strcmp(model->item[i].kind, "chip") == 0)
            kind[i] = FAB_LAYER_PACKAGING;
        else if (kind[i] == FAB_LAYER_NONE && strcmp(model->item[i].kind, "die") == 0)
            kind[i] = FAB_LAYER_LOGIC;
    }
}

double fab_layers_own_part(const fab_model *model, int source)
{
    double largest = 0;
    if (strcmp(model->line[model->source[source].line].kind, "external") == 0)
        return 0;
    for (int d = 0; d < model->dependency_count; d++)
        if (model->dependency[d].source == source)
            largest = fmax(largest, model->dependency[d].share);
    return 1 - largest;
}
