/* Workbooks that are written twice. libxlsxwriter leaves out what does not fit into memory, or what it cannot read of its own temporary files, and says nothing: two files that lack the same do not come about by chance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_TWICE_H
#define FAB_XLSX_TWICE_H

#include <fabplan/context.h>

/* FAB_OUTPUT where the two files are not the same byte for byte, or cannot be read. O(bytes). */
fab_status fab_xlsx_compare_files(fab_context *context, const char *path, const char *other_path);

#endif
