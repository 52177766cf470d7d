/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_strings.h"

#include "array.h"
#include "try.h"
#include "xlsx_part.h"

#include <stdlib.h>
#include <string.h>

static void start_element(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    struct fab_xlsx_strings *strings = part->user;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        fab_xlsx_text_clear(&strings->current);
    strings->phonetic += strcmp(name, "rPh") == 0;
    strings->taken = strcmp(name, "t") == 0 && strings->phonetic == 0;
}

static void keep(struct fab_xlsx_part *part, struct fab_xlsx_strings *strings)
{
    enum { MEGABYTE = 1 << 20 };
    size_t length = strings->current.text ? fab_xlsx_decode(strings->current.text) : 0;
    const char *copy;
    strings->bytes += length + sizeof *strings->text;
    if (strings->bytes > FAB_XLSX_STRINGS_MAX) {
        fab_xlsx_part_fail(part, "the texts take more than %d MiB", FAB_XLSX_STRINGS_MAX / MEGABYTE);
        return;
    }
    copy = fab_arena_dup_length(strings->arena, fab_xlsx_text_get(&strings->current), length);
    if (copy && FAB_ARRAY_ROOM(&strings->text, strings->count, &strings->capacity))
        strings->text[strings->count++] = copy;
    else
        fab_xlsx_part_fail_memory(part);
}

static void end_element(struct fab_xlsx_part *part, const char *name)
{
    struct fab_xlsx_strings *strings = part->user;
    if (strcmp(name, "si") == 0)
        keep(part, strings);
    strings->phonetic -= strcmp(name, "rPh") == 0;
    strings->taken = false;
}

static void add_text(struct fab_xlsx_part *part, const char *text, int length)
{
    struct fab_xlsx_strings *strings = part->user;
    if (!strings->taken)
        return;
    if (strings->current.length + (size_t)length > FAB_XLSX_TEXT_MAX)
        fab_xlsx_part_fail(part, "text %d has more than %d bytes", strings->count + 1, FAB_XLSX_TEXT_MAX);
    else if (!fab_xlsx_text_add(&strings->current, text, (size_t)length))
        fab_xlsx_part_fail_memory(part);
}

fab_status fab_xlsx_strings_read(fab_context *context, unzFile zip, const char *part, struct fab_xlsx_strings *strings)
{
    static const struct fab_xlsx_handlers handlers = {.start = start_element, .end = end_element, .text = add_text};
    fab_status status = FAB_OK;
    TRY_MEMORY(context, strings->arena = fab_arena_new());
    TRY(fab_xlsx_part_read(context, zip, part, &handlers, strings));
out:
    return status;
}

void fab_xlsx_strings_fini(struct fab_xlsx_strings *strings)
{
    free(strings->text);
    free(strings->current.text);
    fab_arena_free(strings->arena);
}
