/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json_text.h"

#include "array.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *bytes;
    size_t length, capacity;
    bool failed; /* memory was short once: jansson goes on when a key could not be written */
};

static int append(const char *bytes, size_t size, void *user)
{
    struct text *text = user;
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
    struct text text = {0};
    if (json && json_dump_callback(json, append, &text, flags) == 0 && !text.failed)
        return text.bytes;
    free(text.bytes);
    return NULL;
}
