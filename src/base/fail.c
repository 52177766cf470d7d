/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 4096 };

fab_status fab_fail_errno(fab_context *context, fab_status status, const char *format, ...)
{
    char text[TEXT_SIZE];
    int error = errno;
    va_list arguments;
    if (error == ENOMEM)
        return fab_fail_memory(context);
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return fab_fail(context, status, "%s: %s", text, strerror(error));
}
