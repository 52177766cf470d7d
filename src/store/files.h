/* The SQL files of the schema folder, as parts of the program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_FILES_H
#define FAB_STORE_FILES_H

#include "file.h"

/* Migrations NNNN_what.sql in order, and queries name.sql; ended by a NULL name. */
extern const struct fab_file fab_store_files[];

#endif
