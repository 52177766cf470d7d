/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_names.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "arena.h"

/* GLPK reads names of up to 255 characters; 24 are kept for what makes a name unique. */
enum { LONGEST = 231, LONGEST_UNIQUE = 256 };

struct slot {
    const char *name;
    unsigned copies; /* names made from this one by a suffix */
};

struct fab_lp_names {
    const fab_lp_alphabet *alphabet;
    fab_arena *arena;
    struct slot *slot; /* open addressing; the size is a power of two, at most half full */
    size_t mask;
};

fab_lp_names *fab_lp_names_new(const fab_lp_alphabet *alphabet, size_t capacity)
{
    size_t size = 16;
    fab_lp_names *names = calloc(1, sizeof *names);
    if (!names)
        return NULL;
    while (size < 2 * capacity)
        size *= 2;
    names->alphabet = alphabet;
    names->arena = fab_arena_new();
    names->slot = calloc(size, sizeof *names->slot);
    names->mask = size - 1;
    if (names->arena && names->slot)
        return names;
    fab_lp_names_free(names);
    return NULL;
}

void fab_lp_names_free(fab_lp_names *names)
{
    if (!names)
        return;
    fab_arena_free(names->arena);
    free(names->slot);
    free(names);
}

/* FNV-1a. */
static size_t hash(const char *text)
{
    uint64_t value = 14695981039346656037U;
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211U;
    return (size_t)(value ^ value >> 32);
}

/* The slot of a name, or the empty one where it belongs. */
static struct slot *find(const fab_lp_names *names, const char *name)
{
    size_t place = hash(name) & names->mask;
    while (names->slot[place].name && strcmp(names->slot[place].name, name) != 0)
        place = (place + 1) & names->mask;
    return &names->slot[place];
}

static bool is_allowed(const fab_lp_alphabet *alphabet, char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || (c && strchr(alphabet->punctuation, c));
}

static bool is_reserved(const fab_lp_alphabet *alphabet, const char *name)
{
    for (const char *const *word = alphabet->reserved; word && *word; word++)
        if (strcasecmp(*word, name) == 0)
            return true;
    return false;
}

/* Writes the name with allowed characters only. */
static void clean(const fab_lp_alphabet *alphabet, const char *name, char text[LONGEST_UNIQUE])
{
    size_t length = 1;
    bool gap = false;
    text[0] = '_'; /* dropped below when it is not needed */
    for (; *name && length < LONGEST; name++) {
        char c = is_allowed(alphabet, *name) ? *name : *name == '[' ? '(' : *name == ']' ? ')' : '\0';
        if (!is_allowed(alphabet, c)) {
            gap = true;
            continue;
        }
        if (gap)
            text[length++] = '_';
        gap = false;
        text[length++] = c;
    }
    if (gap)
        text[length++] = '_';
    text[length] = '\0';
    if (length > 1 && !strchr(alphabet->bad_start, text[1]) && !is_reserved(alphabet, text + 1))
        memmove(text, text + 1, length);
}

const char *fab_lp_names_make(fab_lp_names *names, const char *name)
{
    char text[LONGEST_UNIQUE];
    clean(names->alphabet, name ? name : "", text);
    struct slot *first = find(names, text), *slot = first;
    size_t length = strlen(text);
    if (first->name && !first->copies)
        first->copies = 1;
    while (slot->name) {
        snprintf(text + length, sizeof text - length, "~%u", ++first->copies);
        slot = find(names, text);
    }
    slot->name = fab_arena_dup(names->arena, text);
    return slot->name;
}
