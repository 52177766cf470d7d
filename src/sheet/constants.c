/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "constants.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "buffer.h"
#include "nearest.h"
#include "number.h"
#include "try.h"

static const char name_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", name_characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/* Length of the name that a text begins with, 0: none. */
static size_t name_length(const char *text)
{
    return *text && strchr(name_letters, *text) ? strspn(text, name_characters) : 0;
}

static struct fab_constant *find_constant(const struct fab_constants *constants, const char *name, size_t length)
{
    for (int c = 0; c < constants->count; c++)
        if (strlen(constants->items[c].name) == length && memcmp(constants->items[c].name, name, length) == 0)
            return &constants->items[c];
    return NULL;
}

fab_status fab_constants_put(fab_context *context, fab_arena *arena, struct fab_constants *constants, struct fab_constant constant)
{
    struct fab_constant *old = find_constant(constants, constant.name, strlen(constant.name));
    if (!old && !FAB_ARRAY_ROOM_IN(arena, &constants->items, constants->count, &constants->capacity))
        return fab_fail_memory(context);
    *(old ? old : &constants->items[constants->count++]) = constant;
    return FAB_OK;
}

/* "FULL  0.9999", or a line that says nothing: then *constant has no name. */
static fab_status read_line(fab_context *context, char *line, const char *place, struct fab_constant *constant)
{
    size_t length = strlen(line);
    double number;
    const char *why;
    *constant = (struct fab_constant){0};
    while (length && strchr(" \t\r", line[length - 1]))
        line[--length] = '\0';
    line += strspn(line, " \t");
    if (!*line || *line == '#')
        return FAB_OK;
    char *value = line + name_length(line);
    if (value == line || !strchr(" \t", *value))
        return fab_fail(context, FAB_INPUT, "%s: not a name in capitals and a number: `%s`", place, line);
    if (*value)
        *value++ = '\0';
    value += strspn(value, " \t");
    if (!fab_number_parse(value, &number, &why))
        return fab_fail(context, FAB_INPUT, "%s: not a number: `%s`", place, value);
    *constant = (struct fab_constant){line, value};
    return FAB_OK;
}

fab_status fab_constants_read(fab_context *context, fab_arena *arena, const struct fab_file *file, struct fab_constants *constants)
{
    fab_status status = FAB_OK;
    struct fab_constants own = {0};
    struct fab_constant constant;
    char *line = NULL, place[64];
    int number = 1;
    TRY_MEMORY(context, line = fab_arena_dup_length(arena, file->bytes, file->size));
    if (strlen(line) != file->size)
        return fab_fail(context, FAB_INPUT, "%s:1: the file has a NUL byte: it is not text", file->name);
    for (char *next; line; line = next, number++) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        snprintf(place, sizeof place, "%s:%d", file->name, number);
        TRY(read_line(context, line, place, &constant));
        if (!constant.name)
            continue;
        if (find_constant(&own, constant.name, strlen(constant.name)))
            return fab_fail(context, FAB_INPUT, "%s: a second constant `%s`", place, constant.name);
        TRY(fab_constants_put(context, arena, &own, constant));
        TRY(fab_constants_put(context, arena, constants, constant));
    }
out:
    return status;
}

static fab_status fail_unknown(fab_context *context, const struct fab_constants *constants, const struct fab_file *file, const char *name)
{
    struct fab_nearest nearest;
    int line = 1, length = (int)name_length(name);
    char asked[64];
    for (const char *c = file->bytes; c < name; c++)
        line += *c == '\n';
    snprintf(asked, sizeof asked, "%.*s", length, name);
    fab_nearest_begin(&nearest, asked);
    for (int c = 0; c < constants->count; c++)
        fab_nearest_offer(&nearest, constants->items[c].name);
    return fab_fail(context, FAB_INPUT, "%s:%d: there is no constant `%s`%s%s", file->name, line, asked,
                    *nearest.best ? "; did you mean " : "", nearest.best);
}

/* Length of {NAME} at a text, 0: something else. */
static size_t reference_length(const char *text)
{
    size_t length = *text == '{' ? name_length(text + 1) : 0;
    return length && text[1 + length] == '}' ? length + 2 : 0;
}

fab_status fab_constants_replace(fab_context *context, fab_arena *arena, const struct fab_constants *constants, const struct fab_file *file,
                                 struct fab_file *replaced)
{
    fab_status status = FAB_OK;
    struct fab_buffer text = {0};
    const char *rest = file->bytes, *end = file->bytes + file->size;
    for (const char *c = rest; (c = memchr(c, '{', (size_t)(end - c))) != NULL;) {
        size_t length = reference_length(c);
        const struct fab_constant *constant = length ? find_constant(constants, c + 1, length - 2) : NULL;
        if (length && !constant)
            TRY(fail_unknown(context, constants, file, c + 1));
        if (constant) {
            fab_buffer_add(&text, rest, (size_t)(c - rest));
            fab_buffer_add(&text, constant->text, strlen(constant->text));
            rest = c + length;
        }
        c += length ? length : 1;
    }
    if (rest == file->bytes) { /* none: no copy */
        *replaced = *file;
        goto out;
    }
    fab_buffer_add(&text, rest, (size_t)(end - rest));
    TRY_MEMORY(context, !text.failed);
    TRY_MEMORY(context, replaced->bytes = fab_arena_dup_length(arena, text.text, text.length));
    replaced->name = file->name;
    replaced->size = text.length;
out:
    fab_buffer_fini(&text);
    return status;
}
