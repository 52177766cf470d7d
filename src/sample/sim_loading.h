/* How lots come onto tools: batches of steps that have them, and campaigns of steps with a setup.
 *
 * Time is cut into windows of the length in which as many wafers come to a step as its planned batch, or its planned units between two setups. The lots of a window make a batch together at its end; those of a
 * window's campaign go to one tool, which no other campaign has then while there are tools enough. So fills and units per setup come out near what the plan says where enough lots come, and lower where
 * they do not: no lot waits for a batch longer than a small share of its cycle time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SIM_LOADING_H
#define FAB_SIM_LOADING_H

#include "sim.h"

/* Windows of all steps that have batches or setups; the rates of the sources must be known. FAB_NO_MEMORY. */
fab_status sim_loading_init(struct sim *sim);

/* When a lot that could be loaded at `time` is: at the end of its batch's window; `time` itself at a step without batches, or for a lot that is more than a batch. The batch has the wafers then. */
int64_t sim_load(struct sim *sim, struct sim_step *step, int64_t time, int wafers);

/* Number of the tool of a group with `installed` tools that a lot is loaded on at `time`: drawn, at a step with setups that of its campaign. */
int sim_choose_tool(struct sim *sim, struct sim_step *step, int64_t time, int installed, fab_random *random);

#endif
