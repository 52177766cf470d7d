/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book_file.h"

#include <stddef.h>
#include <string.h>

#include "try.h"

static const struct fab_key book_keys[] = {
    {"sheet", FAB_KEY_TEXTS, offsetof(struct fab_book_file, sheets), 0},
    {0, FAB_KEY_TEXT, 0, 0},
};

static fab_status open_section(struct fab_key_reader *reader, const char *section, const char *name)
{
    struct fab_book_file *book = reader->user;
    if (strcmp(section, "book") != 0 || *name)
        return fab_keys_fail(reader, "unknown section", section, "a book has [book] alone");
    if (book->line)
        return fab_keys_fail(reader, "a second section", section, NULL);
    book->line = reader->line;
    reader->keys = book_keys;
    reader->record = book;
    return FAB_OK;
}

/* A report is listed once. */
static fab_status check_sheets(struct fab_key_reader *reader)
{
    const struct fab_words *sheets = &((const struct fab_book_file *)reader->user)->sheets;
    reader->line = 1;
    if (!sheets->count)
        return fab_keys_fail(reader, "missing:", "sheet", "a book has [book] and the sheets in order");
    for (int s = 0; s < sheets->count; s++)
        for (int other = 0; other < s; other++)
            if (strcmp(sheets->items[s].text, sheets->items[other].text) == 0) {
                reader->line = sheets->items[s].line;
                return fab_keys_fail(reader, "listed twice:", sheets->items[s].text, NULL);
            }
    return FAB_OK;
}

fab_status fab_book_file_parse(fab_context *context, fab_arena *arena, const char *origin, const char *text, size_t size,
                               struct fab_book_file *book)
{
    fab_status status = FAB_OK;
    struct fab_key_reader reader = {.context = context, .arena = arena, .open = open_section, .user = book};
    *book = (struct fab_book_file){0};
    TRY_MEMORY(context, reader.origin = book->origin = fab_arena_dup(arena, origin));
    TRY_MEMORY(context, book->name = fab_arena_dup_length(arena, origin, strcspn(origin, ".")));
    TRY(fab_keys_read(&reader, text, size));
    TRY(check_sheets(&reader));
out:
    return status;
}
