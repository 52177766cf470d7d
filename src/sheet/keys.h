/* Files of sections and keys: the form of NAME.report and NAME.book.
 *
 * Blank lines and lines that start with # are skipped. [section] or [section NAME] starts a section. Every other line is a key, blanks,
 * and its value to the end of the line; a line that starts with a blank goes on with the value of the line above. Errors say file:line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_KEYS_H
#define FAB_KEYS_H

#include <fabplan/context.h>

#include "arena.h"

/* A value and where it stands. */
struct fab_word {
    const char *text; /* NULL: not given */
    int line;
};

/* Values of a repeatable key, in order. */
struct fab_words {
    struct fab_word *items;
    int count, capacity;
};

/* How the value of a key is read, and into what. */
enum fab_key_kind {
    FAB_KEY_TEXT,   /* struct fab_word, once */
    FAB_KEY_TEXTS,  /* struct fab_words */
    FAB_KEY_COUNT,  /* int, not negative */
    FAB_KEY_CHOICE, /* int: the place of the word in `words`, from 1 */
    FAB_KEY_NUMBER  /* int: the index of the number format (numbers.h) + 1 */
};

struct fab_key {
    const char *name; /* NULL ends a table of keys */
    enum fab_key_kind kind;
    size_t offset;     /* in the struct of the section */
    const char *words; /* FAB_KEY_CHOICE: separated by '|' */
};

struct fab_key_reader;

/* Opens a section: sets keys and record, or refuses it. name is "" for a section without one. */
typedef fab_status fab_key_open(struct fab_key_reader *reader, const char *section, const char *name);

/* A file while it is read. The caller sets the first five members. */
struct fab_key_reader {
    fab_context *context;
    fab_arena *arena;   /* of every string of the result */
    const char *origin; /* name of the file, for messages */
    fab_key_open *open;
    void *user; /* of open */

    int line;
    const char *section;
    const struct fab_key *keys; /* of the open section, NULL before the first */
    void *record;               /* its struct */
};

/* Reads `size` bytes of text. FAB_INPUT with file:line. O(size). */
fab_status fab_keys_read(struct fab_key_reader *reader, const char *text, size_t size);

/* FAB_INPUT with file:line, what is wrong, the value, and a hint (may be NULL). */
fab_status fab_keys_fail(struct fab_key_reader *reader, const char *what, const char *value, const char *hint);

#endif
