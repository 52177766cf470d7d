/* Objectives of stages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WEIGH_H
#define FAB_WEIGH_H

#include "program.h"

/* The program's own objective: profit less penalties, plus the worth at the end, USD. */
void fab_weigh_money(const fab_program *program, double objective[], double *constant);

/* Minus the price of every tool ordered, not discounted, USD. */
void fab_weigh_capital(const fab_program *program, double objective[]);

/* Minus the weeks late x price of every unit shipped, not discounted: USD weeks. */
void fab_weigh_lateness(const fab_program *program, double objective[]);

/* Minus every rise and fall of weekly starts of own lines' sources: starts a week. The program must have them (fab_model.movement). */
void fab_weigh_movement(const fab_program *program, double objective[]);

/* Ties: a unit shipped in period t (of 0..T-1) counts T - t, a unit in stock or thrown away a thousandth less: what ships earliest and moves least. */
void fab_weigh_ties(const fab_program *program, double objective[], double *constant);

#endif
