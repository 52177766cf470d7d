/* The package that a workbook is: a zip archive of parts. What may not be read is refused here, before anything of it is believed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_PACKAGE_H
#define FAB_XLSX_PACKAGE_H

#include <fabplan/context.h>
#include <minizip/unzip.h>

/* What a workbook may take, unpacked: a table of 1,048,576 rows and 20 columns does. Sheets pack to a tenth, of one value to a hundredth. */
enum {
    FAB_XLSX_PARTS_MAX = 2000,
    FAB_XLSX_BYTES_MAX = 1 << 30, /* all parts together */
    FAB_XLSX_RATIO_MAX = 200,     /* of a part that unpacks to more than FAB_XLSX_RATIO_FREE */
    FAB_XLSX_RATIO_FREE = 1 << 20,
    FAB_XLSX_NAME_SIZE = 256
};

/* Opens a workbook and looks at the list of its parts. FAB_INPUT, each with its own message: no workbook at all, an old .xls, encrypted, too many or
 * too large parts, a ratio of a bomb, names that lead out of the package or come twice, macros, links to other workbooks, a document type. The
 * message does not name the file. O(parts). */
fab_status fab_xlsx_package_open(fab_context *context, const char *path, unzFile *zip);

/* Opens it again, when it has been looked at. */
fab_status fab_xlsx_package_reopen(fab_context *context, const char *path, unzFile *zip);

#endif
