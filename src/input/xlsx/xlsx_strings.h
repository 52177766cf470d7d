/* The texts of a workbook that its cells name by number.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_STRINGS_H
#define FAB_XLSX_STRINGS_H

#include "arena.h"
#include "xlsx_text.h"

#include <fabplan/context.h>
#include <minizip/unzip.h>

enum {
    FAB_XLSX_TEXT_MAX = 4 * 32768, /* bytes of one text: Excel holds 32,767 characters */
    FAB_XLSX_STRINGS_MAX = 1 << 28 /* bytes of all */
};

/* Zeroed is none. */
struct fab_xlsx_strings {
    const char **text;
    int count, capacity;
    fab_arena *arena;
    size_t bytes;
    struct fab_xlsx_text current; /* while they are read */
    bool taken;                   /* inside a run of the text */
    int phonetic;                 /* inside the reading aid of one, which is no part of it */
};

/* Reads the part of the texts. Errors as of fab_xlsx_part_read. */
fab_status fab_xlsx_strings_read(fab_context *context, unzFile zip, const char *part, struct fab_xlsx_strings *strings);
void fab_xlsx_strings_fini(struct fab_xlsx_strings *strings);

#endif
