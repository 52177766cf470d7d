/* When a program counts as having no point.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EMPTY_LEAST_H
#define FAB_EMPTY_LEAST_H

/* A program that is broken by less than this, in all and relative to max(1, |limit|), may be so by rounding alone. */
#define FAB_EMPTY_LEAST 1e-7

#endif
