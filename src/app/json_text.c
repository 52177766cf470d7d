/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4096 };

struct text {
    char *bytes;
    size_t length, capacity;
    bool failed;
};

static int append(const char *bytes, size_t size, void *user)
{
    struct text *text = user;
    if (text->length + size + 1 > text->capacity) {
        size_t capacity = 2 * (text->length + size) + FIRST_CAPACITY;
        char *larger = text->failed ? NULL : realloc(text->bytes, capacity);
        if (!larger) {
            text->failed = true;
            return -1;
        }
        text->bytes = larger;
        text->capacity = capacity;
    }
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
