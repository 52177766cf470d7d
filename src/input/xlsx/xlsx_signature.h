/* What a file is, by its first bytes: the other things that come under the name of a workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_SIGNATURE_H
#define FAB_XLSX_SIGNATURE_H

#include <fabplan/context.h>

/* FAB_INPUT, with a message that does not name the file, when it is no zip archive: an encrypted workbook, an old one (.xls), text. O(bytes) for the
 * first two, in bounded memory. */
fab_status fab_xlsx_check_signature(fab_context *context, const char *path);

#endif
