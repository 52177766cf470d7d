/* A copy of a database before it is changed for good.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BACKUP_H
#define FAB_BACKUP_H

#include "internal.h"

/* Copies the database, as its last transaction left it, to PATH.schema-VERSION beside it (PATH.schema-VERSION-2 and so on where another file is there already; a copy with the same bytes serves again), whole or not at all, and says so. FAB_OUTPUT. O(bytes). */
fab_status fab_store_backup(fab_context *context, fab_store *store, int version);

#endif
