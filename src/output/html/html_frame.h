/* What stands around the content of a page: its policy, style and script.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_FRAME_H
#define FAB_HTML_FRAME_H

#include <fabplan/context.h>

#include "buffer.h"

/* Begins a page. The content security policy allows what the page itself holds, by digest, and nothing else. FAB_NO_MEMORY. */
fab_status fab_html_begin(fab_context *context, struct fab_buffer *page, const char *title);

/* Ends it, with the script. */
void fab_html_end(struct fab_buffer *page);

#endif
