/* The variables of the program, with their bounds and their money (planning-model.md "Variables", "Objective").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COLUMNS_H
#define FAB_COLUMNS_H

#include "program.h"

/* Adds every column and its part of the objective; false when memory is short. */
bool fab_columns_add(fab_program *program);

#endif
