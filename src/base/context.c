/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/context.h>

#include "utf8.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_SIZE = 4096, LINE_SIZE = 4096 };

struct fab_context {
    fab_sink *sink;
    void *user;
    int findings;
    volatile sig_atomic_t interrupted;
    char message[MESSAGE_SIZE];
};

fab_context *fab_context_new(void)
{
    return calloc(1, sizeof(fab_context));
}

void fab_context_free(fab_context *context)
{
    free(context);
}

void fab_context_set_sink(fab_context *context, fab_sink *sink, void *user)
{
    context->sink = sink;
    context->user = user;
}

void fab_context_interrupt(fab_context *context)
{
    context->interrupted = 1;
}

bool fab_context_interrupted(const fab_context *context)
{
    return context->interrupted != 0;
}

const char *fab_context_message(const fab_context *context)
{
    return context->message;
}

int fab_context_findings(const fab_context *context)
{
    return context->findings;
}

/* Makes a text one line of UTF-8: names of files and what a damaged database says need not be. */
static void clean(char *text)
{
    for (char *end = text + strlen(text); text < end;) {
        for (char *good_end = text + fab_utf8_valid_length(text, (size_t)(end - text)); text < good_end; text++)
            if ((unsigned char)*text < ' ' || *text == 0x7F)
                *text = '?';
        if (text < end)
            *text++ = '?';
    }
}

/* vsnprintf that ends a text that does not fit with "..." on a whole UTF-8 character. */
static void print_bounded(char *buffer, size_t size, const char *format, va_list arguments) __attribute__((format(printf, 3, 0)));
static void print_bounded(char *buffer, size_t size, const char *format, va_list arguments)
{
    static const char ellipsis[] = "...";
    int length = vsnprintf(buffer, size, format, arguments);
    if (length < 0) {
        buffer[0] = '\0';
    } else if ((size_t)length >= size) {
        size_t end = size - sizeof ellipsis;
        while (end > 0 && ((unsigned char)buffer[end] & 0xC0) == 0x80)
            end--;
        memcpy(buffer + end, ellipsis, sizeof ellipsis);
    }
    clean(buffer);
}

fab_status fab_fail(fab_context *context, fab_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_bounded(context->message, sizeof context->message, format, arguments);
    va_end(arguments);
    return status;
}

fab_status fab_fail_memory(fab_context *context)
{
    return fab_fail(context, FAB_NO_MEMORY, "out of memory");
}

fab_status fab_fail_in(fab_context *context, fab_status status, const char *format, ...)
{
    char inner[MESSAGE_SIZE];
    char prefix[MESSAGE_SIZE / 4];
    va_list arguments;
    va_start(arguments, format);
    print_bounded(prefix, sizeof prefix, format, arguments);
    va_end(arguments);
    memcpy(inner, context->message, sizeof inner);
    return fab_fail(context, status, "%s: %s", prefix, inner);
}

void fab_say(fab_context *context, fab_level level, const char *format, ...)
{
    char line[LINE_SIZE];
    va_list arguments;
    if (level == FAB_LEVEL_FINDING)
        context->findings++;
    if (!context->sink)
        return;
    va_start(arguments, format);
    print_bounded(line, sizeof line, format, arguments);
    va_end(arguments);
    context->sink(context->user, level, line);
}

static const struct {
    const char *name;
    int exit_code;
    const char *text;
} statuses[] = {
#define FAB_STATUS_ROW(name, exit_code, text) {#name, exit_code, text},
    FAB_STATUS_LIST(FAB_STATUS_ROW)
#undef FAB_STATUS_ROW
};

const char *fab_status_name(fab_status status)
{
    return statuses[status].name;
}

const char *fab_status_text(fab_status status)
{
    return statuses[status].text;
}

int fab_status_exit_code(fab_status status)
{
    return statuses[status].exit_code;
}
