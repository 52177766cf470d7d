/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "nearest.h"
#include "numbers.h"
#include "try.h"
#include "xml_text.h"

enum { COUNT_MAX = 10000 };

fab_status fab_keys_fail(struct fab_key_reader *reader, const char *what, const char *value, const char *hint)
{
    return fab_fail(reader->context, FAB_INPUT, "%s:%d: %s `%s`%s%s", reader->origin, reader->line, what, value, hint ? "; " : "",
                    hint ? hint : "");
}

static fab_status add_text(struct fab_key_reader *reader, struct fab_words *words, const char *value)
{
    if (!FAB_ARRAY_ROOM_IN(reader->arena, &words->items, words->count, &words->capacity))
        return fab_fail_memory(reader->context);
    words->items[words->count++] = (struct fab_word){value, reader->line};
    return FAB_OK;
}

/* Place of a word among words separated by '|', from 1; 0: not there. */
static int find_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (int place = 1; *words; place++) {
        size_t end = strcspn(words, "|");
        if (end == length && memcmp(words, word, length) == 0)
            return place;
        words += end + (words[end] == '|');
    }
    return 0;
}

static fab_status set_number(struct fab_key_reader *reader, const struct fab_key *key, const char *value, int *number)
{
    char *end;
    long count;
    switch (key->kind) {
    case FAB_KEY_COUNT:
        count = strtol(value, &end, 10);
        if (*end || end == value || count < 0 || count > COUNT_MAX)
            return fab_keys_fail(reader, "not a count:", value, NULL);
        *number = (int)count;
        return FAB_OK;
    case FAB_KEY_CHOICE:
        *number = find_word(key->words, value);
        return *number ? FAB_OK : fab_keys_fail(reader, "unknown word", value, fab_arena_printf(reader->arena, "one of %s", key->words));
    case FAB_KEY_NUMBER:
        *number = fab_number_find(value) + 1;
        return *number ? FAB_OK : fab_keys_fail(reader, "unknown number format", value, "numbers.h has the table");
    case FAB_KEY_TEXT:
    case FAB_KEY_TEXTS: break;
    }
    return FAB_OK;
}

static fab_status fail_unknown_key(struct fab_key_reader *reader, const char *name)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, name);
    for (const struct fab_key *key = reader->keys; key->name; key++)
        fab_nearest_offer(&nearest, key->name);
    return fab_keys_fail(
        reader, "unknown key", name,
        fab_arena_printf(reader->arena, "not a key of %s%s%s", reader->section, *nearest.best ? ", did you mean " : "", nearest.best));
}

static fab_status set_key(struct fab_key_reader *reader, const char *name, const char *value)
{
    const struct fab_key *key = reader->keys;
    if (!key)
        return fab_keys_fail(reader, "a key before the first section:", name, "start with [sheet] or [book]");
    while (key->name && strcmp(key->name, name) != 0)
        key++;
    if (!key->name)
        return fail_unknown_key(reader, name);
    if (!*value)
        return fab_keys_fail(reader, "no value for key", name, NULL);
    char *member = (char *)reader->record + key->offset;
    if (key->kind == FAB_KEY_TEXTS)
        return add_text(reader, (struct fab_words *)(void *)member, value);
    if (key->kind != FAB_KEY_TEXT)
        return set_number(reader, key, value, (int *)(void *)member);
    struct fab_word *word = (struct fab_word *)(void *)member;
    if (word->text)
        return fab_keys_fail(reader, "given twice: key", name, NULL);
    *word = (struct fab_word){value, reader->line};
    return FAB_OK;
}

/* `text` is what stands between the brackets. */
static fab_status open_section(struct fab_key_reader *reader, char *text)
{
    char *name = text + strcspn(text, " ");
    if (*name)
        *name++ = '\0';
    reader->section = fab_arena_printf(reader->arena, "[%s]", text);
    return reader->section ? reader->open(reader, text, name) : fab_fail_memory(reader->context);
}

static fab_status read_line(struct fab_key_reader *reader, char *line)
{
    size_t length = strlen(line);
    while (length && strchr(" \t\r", line[length - 1]))
        line[--length] = '\0';
    line += strspn(line, " \t");
    if (!*line || *line == '#')
        return FAB_OK;
    if (*line == '[') {
        char *end = line + strlen(line) - 1;
        if (*end != ']')
            return fab_keys_fail(reader, "a section without its ]:", line, NULL);
        *end = '\0';
        return open_section(reader, line + 1);
    }
    char *value = line + strcspn(line, " \t");
    if (*value)
        *value++ = '\0';
    return set_key(reader, line, value + strspn(value, " \t"));
}

/* Ends a line with its continuations, which start with a blank; returns the next one, NULL after the last. *lines: how many they are. */
static char *take_line(char *line, int *lines)
{
    *lines = 1;
    for (char *end = line;; end++) {
        if (*end == '\0')
            return NULL;
        if (*end != '\n')
            continue;
        bool goes_on = (end[1] == ' ' || end[1] == '\t') && !strchr("\r\n", end[1 + strspn(end + 1, " \t")]);
        if (!goes_on) {
            *end = '\0';
            return end + 1;
        }
        *end = ' ';
        ++*lines;
    }
}

fab_status fab_keys_read(struct fab_key_reader *reader, const char *text, size_t size)
{
    fab_status status = FAB_OK;
    char *copy = NULL;
    TRY_MEMORY(reader->context, copy = fab_arena_dup_length(reader->arena, text, size));
    if (strlen(copy) != size)
        return fab_fail(reader->context, FAB_INPUT, "%s:1: the file has a NUL byte: it is not text", reader->origin);
    int lines = 1;
    for (char *line = copy, *next; line; line = next) {
        reader->line += lines;
        next = take_line(line, &lines);
        if (fab_xml_characters(line) < 0)
            return fab_keys_fail(reader, "not UTF-8, or a control character:", line, NULL);
        TRY(read_line(reader, line));
    }
out:
    return status;
}
