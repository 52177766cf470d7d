/* Whether a workbook is one of ours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MADE_H
#define FAB_MADE_H

#include <stdbool.h>

/* Whether the file is a workbook that this library has written (its author, docProps/core.xml) or given back with remarks (the comment of the archive). False for what cannot be read. O(1). */
bool fab_xlsx_is_made(const char *path);

#endif
