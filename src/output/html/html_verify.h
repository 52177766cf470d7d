/* Reading a page back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_VERIFY_H
#define FAB_HTML_VERIFY_H

#include <fabplan/context.h>

/* FAB_OUTPUT unless the file is well-formed and has so many rows in the bodies of its tables, the digests of its policy once each, and no reference to anything outside. `shown` is its name in messages. O(bytes). */
fab_status fab_html_verify(fab_context *context, const char *path, const char *shown, long rows);

#endif
