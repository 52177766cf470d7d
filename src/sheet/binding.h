/* A sheet's definition and its rows brought together: which column of the SELECT is where, which row belongs to which key and period.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BINDING_H
#define FAB_BINDING_H

#include <fabplan/context.h>

#include "arena.h"
#include "grid.h"

/* Binds the columns, the key, and the places of the frame of a sheet whose report and table are set; a series also needs its axis. Memory
 * is the arena's. FAB_INPUT with file:line: a column that the SELECT does not give, a master that is none, a row without its place. */
fab_status fab_sheet_bind(fab_context *context, fab_arena *arena, struct fab_sheet *sheet);

#endif
