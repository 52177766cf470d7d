/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_damage.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

fab_status fab_xlsx_fail_damaged(fab_context *context, const char *damage, const char *format, ...)
{
    enum { TEXT_SIZE = 512 };
    int error = errno;
    char text[TEXT_SIZE];
    va_list arguments;
    if (error == ENOMEM)
        return fab_fail_memory(context);
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return fab_fail(context, FAB_INPUT, "%s: %s", text, error == EIO ? strerror(error) : damage);
}
