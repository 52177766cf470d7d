/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json_text.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

int fab_text_append(const char *bytes, size_t size, void *user)
{
    struct fab_text_bytes *text = user;
    text->failed = text->failed || !fab_array_room_size(&text->bytes, text->length, size + 1, &text->capacity, 1);
    if (text->failed)
        return -1;
    memcpy(text->bytes + text->length, bytes, size);
    text->length += size;
    text->bytes[text->length] = '\0';
    return 0;
}

char *fab_json_text(const json_t *json, size_t flags)
{
    struct fab_text_bytes text = {0};
    if (json && json_dump_callback(json, fab_text_append, &text, flags) == 0 && !text.failed)
        return text.bytes;
    free(text.bytes);
    return NULL;
}
