/* The tool hours of a source's steps, rework passes included (planning-model.md "Data of a source", language.md "Rework to an earlier step").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STEPS_H
#define FAB_STEPS_H

#include "terms.h"

/* Fills in the steps of terms->source[s]. False when memory is short. O(steps^2). */
bool fab_steps_make(fab_terms *terms, int s);

/* A_k: passes of the rework of every own step, solved from the last step backwards:
 *
 *     A_k = repeats_k ( visits_k units_k + sum of open_l A_l over later steps l whose rework goes back to k or before )
 *
 * units: [own steps] share of the units that come to a step; open: [own steps] share of the units for which the loop of a step is not over. Both NULL: 1. passes: [own steps]. O(steps^2). */
void fab_steps_passes(const struct fab_source_terms *source, const double *units, const double *open, double *passes);

#endif
