/* Where a database may lie.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLACE_H
#define FAB_PLACE_H

#include <fabplan/context.h>

/* FAB_DATABASE when the path (of a file, or of a folder it will be in) lies on a file system that is known not to keep the locks that two runs at once rely on (sqlite.org/faq.html, question 5):
 * NFS, SMB, FUSE. What the system does not say of a path is taken for a disk. */
fab_status fab_store_check_place(fab_context *context, const char *path);

#endif
