/* What a reading of the archive that failed comes to: it tells why in errno alone, or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_DAMAGE_H
#define FAB_XLSX_DAMAGE_H

#include <fabplan/context.h>

/* FAB_NO_MEMORY when errno says so; FAB_INPUT with "MESSAGE: Input/output error" when the disk failed, else with "MESSAGE: DAMAGE". errno is set to 0 before
 * what may fail. */
fab_status fab_xlsx_fail_damaged(fab_context *context, const char *damage, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
