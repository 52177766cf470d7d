/* What builds the members of the families of the design: one function a file of columns (col_*.c) or equations (eq_*.c). False when memory is short.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FAMILIES_H
#define FAB_FAMILIES_H

#include "family.h"

bool fab_col_starts(struct fab_program *program);     /* x */
bool fab_col_wip(struct fab_program *program);        /* go, wait */
bool fab_col_lackmin(struct fab_program *program);    /* lackmin */
bool fab_col_stock(struct fab_program *program);      /* I, z */
bool fab_col_substitute(struct fab_program *program); /* m */
bool fab_col_orders(struct fab_program *program);     /* y, short, lack */
bool fab_col_tools(struct fab_program *program);      /* n, r */
bool fab_col_moved(struct fab_program *program);      /* off */

bool fab_col_movement(struct fab_program *program);   /* rise, fall */
bool fab_col_whole(struct fab_program *program);      /* times, taken, boxes */
bool fab_col_use(struct fab_program *program);        /* use */

bool fab_col_below(struct fab_program *program);      /* below */
bool fab_col_behind(struct fab_program *program);     /* behind */
bool fab_col_changes(struct fab_program *program);    /* more, less */

bool fab_eq_bal(struct fab_program *program);
bool fab_eq_cap(struct fab_program *program); /* CAP, RMV */
bool fab_eq_wip(struct fab_program *program);
bool fab_eq_off(struct fab_program *program);
bool fab_eq_dem(struct fab_program *program);
bool fab_eq_min(struct fab_program *program);
bool fab_eq_shp(struct fab_program *program);
bool fab_eq_sub(struct fab_program *program);
bool fab_eq_mix(struct fab_program *program);
bool fab_eq_cum(struct fab_program *program);
bool fab_eq_tgt(struct fab_program *program);
bool fab_eq_use(struct fab_program *program); /* USE, LOT */
bool fab_eq_whole(struct fab_program *program); /* MUL, WHO, BOX */
bool fab_eq_src(struct fab_program *program);
bool fab_eq_lin(struct fab_program *program);
bool fab_eq_pwr(struct fab_program *program);
bool fab_eq_dlv(struct fab_program *program);
bool fab_eq_flr(struct fab_program *program);
bool fab_eq_bud(struct fab_program *program);
bool fab_eq_chg(struct fab_program *program);
bool fab_eq_frz(struct fab_program *program);

#endif
