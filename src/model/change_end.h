/* The end of the work on a model: rows in order, references renumbered, and valid as an import is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_END_H
#define FAB_CHANGE_END_H

#include "change_edit.h"

/* Puts the changed tables into the model: sorted, references by their new indices. Findings: a cell outside the range of its column, a key that two
 * rows have, a reference to a row that a change has deleted. FAB_NO_MEMORY. O(changed rows log rows + references). */
fab_status fab_change_end(struct fab_edit *edit);

#endif
