/* What a request asks of the stages, read against a model: fills, and a file of stages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ASKED_H
#define FAB_ASKED_H

#include "model.h"
#include "run.h"

#include <jansson.h>

/* Reads "ACME=0.8,BOLT=0.5" into asked->fill, in the model's arena. FAB_USAGE for an unknown customer, one that is there twice, a share that is none. */
fab_status fab_asked_fills(fab_context *context, const char *text, fab_model *model, struct fab_stages_asked *asked);

/* Reads a CSV file of stages (number, name, objective, sense, within) into asked->stage, in the order of numbers and in the model's arena, and lets the program follow what they weigh. *json: digest and rows, as
 * provenance. FAB_INPUT with findings FILE:LINE:COLUMN. */
fab_status fab_asked_stages(fab_context *context, const char *path, fab_model *model, struct fab_stages_asked *asked, json_t **json);

/* Lets the program follow what the stages of a stored plan weigh. */
void fab_asked_stages_again(const json_t *json, fab_model *model);

#endif
