/* Loops of bills of material: reclaimed wafers, refurbished parts. They are allowed as long as none feeds itself within a period (planning language, "Loops").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LOOPS_H
#define FAB_LOOPS_H

#include "terms.h"

enum { FAB_LOOP_TEXT_SIZE = 1024 };

/* Looks for a mix of starts and substitutes of one period that gives back in it at least as much as it takes of every item on a loop, by a small program for each loop and period; `text` gets the sentence about the first
 * one, "" when there is none, and *source one of its sources. Without a loop it costs the closure of what goes into what: O(items^2 x edges). */
fab_status fab_loops_find(fab_context *context, const fab_terms *terms, int *source, char text[FAB_LOOP_TEXT_SIZE]);

/* The same; says what it finds as a finding: FAB_INPUT. */
fab_status fab_loops_check(fab_context *context, const fab_terms *terms);

/* Names the items of each loop that a bill is on, as a note: pegging, unit costs and explanations follow it once around. */
fab_status fab_loops_note(fab_context *context, const fab_terms *terms);

#endif
