/* References: what stands between braces in a pattern, as addresses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REFERENCE_H
#define FAB_REFERENCE_H

#include "address.h"
#include "loaded_book.h"

/* A pattern while it is expanded, and the parts of the reference at hand. */
struct fab_expansion {
    const struct fab_book *book;
    struct fab_place place;
    int line;
    struct fab_buffer *out;
    const struct fab_sheet *other; /* of {word:sheet...} */
    char *name;                    /* column, measure, axis column or key; what follows it may be cut off */
};

/* FAB_INPUT with file:line, what is wrong and the text. */
fab_status fab_expansion_fail(const struct fab_expansion *expansion, const char *what, const char *value);

/* Adds the address of a reference; `text` is what stands between the braces and is cut up. */
fab_status fab_expansion_add_reference(struct fab_expansion *expansion, char *text);

#endif
