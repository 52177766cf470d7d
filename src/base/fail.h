/* Failures of the operating system.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FAIL_H
#define FAB_FAIL_H

#include <fabplan/context.h>

/* Sets the message "MESSAGE: what errno says" and returns status; when errno says that memory is short, as after fab_fail_memory. */
fab_status fab_fail_errno(fab_context *context, fab_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
