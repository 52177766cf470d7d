/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

void fab_buffer_clear(struct fab_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->text)
        buffer->text[0] = '\0';
}

void fab_buffer_fini(struct fab_buffer *buffer)
{
    free(buffer->text);
    *buffer = (struct fab_buffer){0};
}

/* Room for `more` bytes and the NUL. */
static bool reserve(struct fab_buffer *buffer, size_t more)
{
    buffer->failed =
        buffer->failed || more == SIZE_MAX || !fab_array_room_size(&buffer->text, buffer->length, more + 1, &buffer->capacity, 1);
    return !buffer->failed;
}

void fab_buffer_add(struct fab_buffer *buffer, const char *text, size_t length)
{
    if (!reserve(buffer, length))
        return;
    memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void fab_buffer_print(struct fab_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        buffer->failed = true;
    else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}
